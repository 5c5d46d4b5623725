/** Settings of the ranker: the parameters of a look-alike job, their defaults, and what they become for the algorithms. */
import { gradientBoostingParams } from '@kindred/ml/boosting/params.ts';
import { firstPurchaseParams } from '@kindred/ml/recommendation/first-purchase-model.ts';
import { z } from 'zod';
import { driftMethods } from '../report/drift/drift-methods.ts';
import type { RankerSettings } from './train-ranker.ts';

export const lookalikeParams = z.object({
  trees: z.int().min(1).max(2000).default(60).describe('Boosting rounds.'),
  leaves: z.int().min(2).max(256).default(15).describe('Leaves of a tree; with more, trees learn chance.'),
  learningRate: z
    .number()
    .positive()
    .max(1)
    .default(0.15)
    .describe('Shrinkage of each tree; with 60 trees as good as 0.1 with 100, in two thirds of the time.'),
  factors: z.int().min(2).max(63).default(8).describe('Length of the latent taste vectors.'),
  queriesPerCut: z.int().min(1).max(5000).default(40).describe('Questions asked at each cut in time, at most.'),
  driftMethods: driftMethods.default({}),
});

export function rankerSettings(params: unknown, seed: number): RankerSettings {
  const { trees, leaves, learningRate, factors, queriesPerCut } = lookalikeParams.parse(params);
  return {
    // How much a user buys is known well from what covariates tell.
    taste: firstPurchaseParams.parse({ factors, seed, activityVariance: 0.04, itemVariance: 0.05 }),
    boosting: gradientBoostingParams.parse({ objective: 'binary', trees, leaves, learningRate, lambdaL2: 60, seed }),
    // Many questions with few rows each teach more than the same rows of fewer questions.
    sampling: { maxPositives: 250, negatives: 375, seed },
    plan: { queriesPerCut, fillTo: 40, minPositives: 5 },
  };
}
