import { z } from 'zod';

/** Hyper-parameters of gradient boosting. Defaults are LightGBM's where it has the same parameter, unless the text says why not. */
export const gradientBoostingParams = z.object({
  objective: z
    .enum(['lambdarank', 'binary'])
    .default('lambdarank')
    .describe('What is learnt: the order of rows within groups, or the log-odds of each row.'),
  metric: z
    .enum(['ndcg', 'map'])
    .default('ndcg')
    .describe('The ranking measure that lambdarank weighs pairs by and that early stopping watches.'),
  trees: z.int().min(1).max(5000).default(100).describe('Most trees; early stopping may end before.'),
  leaves: z.int().min(2).max(512).default(31).describe('Most leaves in a tree.'),
  learningRate: z.number().positive().max(1).default(0.1).describe('Factor on the value of every leaf.'),
  minDataInLeaf: z
    .int()
    .min(1)
    .default(20)
    .describe('Fewest rows in a leaf, estimated while splitting from the share of the hessian, as LightGBM does.'),
  minHessianInLeaf: z.number().min(0).default(1e-3).describe('Smallest sum of second derivatives in a leaf.'),
  minGain: z.number().min(0).default(0).describe('A split must lower the loss by more than this.'),
  lambdaL2: z
    .number()
    .min(0)
    .default(1)
    .describe('L2 penalty on leaf values. One and not zero: leaves with few rows otherwise jump.'),
  maxBins: z.int().min(2).max(255).default(255).describe('Most bins of a feature, missing values apart.'),
  truncation: z
    .int()
    .min(1)
    .default(100)
    .describe(
      'Lambdarank: a pair counts where one of its rows ranks this high now. Also the depth of the watched metric.',
    ),
  normalize: z
    .boolean()
    .default(true)
    .describe('Lambdarank: damp pairs far apart in score, and groups with many pairs.'),
  featureFraction: z.number().positive().max(1).default(1).describe('Share of the features that a tree may use.'),
  rowFraction: z.number().positive().max(1).default(1).describe('Share of the rows that a tree is grown on.'),
  monotone: z
    .array(z.union([z.literal(-1), z.literal(0), z.literal(1)]))
    .optional()
    .describe('Per feature: 1 if the score must not fall when the feature rises, -1 if it must not rise, 0 if free.'),
  earlyStoppingRounds: z
    .int()
    .min(0)
    .default(0)
    .describe('Stop after so many trees without a better validation metric and keep the best; 0 never stops early.'),
  seed: z.int().default(1).describe('Seed of row and feature sampling and of the order of equal scores.'),
});

export type GradientBoostingParams = z.output<typeof gradientBoostingParams>;
