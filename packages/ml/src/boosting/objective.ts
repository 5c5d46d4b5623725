import { logLoss } from '../metrics/log-loss.ts';
import { meanAveragePrecisionAt } from '../metrics/mean-average-precision.ts';
import { meanNdcgAt } from '../metrics/ndcg.ts';
import { hash32 } from '../random.ts';
import { binaryGradients, priorLogOdds } from './binary-gradients.ts';
import { lambdaGradients } from './lambda-gradients.ts';
import type { GradientBoostingParams } from './params.ts';
import type { TrainingData } from './training-data.ts';

/** What boosting descends: where it starts, its derivatives, and the measure that early stopping watches. */
export interface Objective {
  readonly base: number;
  derivatives(scores: Float64Array, gradients: Float64Array, hessians: Float64Array): void;
  /** The higher the better: the ranking metric, or the log-likelihood. */
  quality(scores: Float64Array, data: TrainingData): number;
}

const OBJECTIVES: Record<
  GradientBoostingParams['objective'],
  (train: TrainingData, params: GradientBoostingParams) => Objective
> = {
  binary: ({ y, weights }) => ({
    base: priorLogOdds(y, weights),
    derivatives: (scores, gradients, hessians) => binaryGradients(scores, y, weights, gradients, hessians),
    quality: (scores, data) =>
      -logLoss(
        scores.map((score) => 1 / (1 + Math.exp(-score))),
        data.y,
      ),
  }),
  lambdarank: ({ y, weights, groups }, params) => {
    // Equal scores, such as all of them before the first tree, rank by chance and not by how the caller sorted the rows.
    const tieKeys = Uint32Array.from({ length: y.length }, (_, row) => hash32(row ^ hash32(params.seed)));
    const measure = params.metric === 'map' ? meanAveragePrecisionAt : meanNdcgAt;
    return {
      base: 0,
      derivatives: (scores, gradients, hessians) =>
        lambdaGradients(scores, y, groups ?? [], weights, tieKeys, params, gradients, hessians),
      quality: (scores, data) => measure(scores, data.y, data.groups ?? [], params.truncation),
    };
  },
};

export const objectiveOf = (train: TrainingData, params: GradientBoostingParams): Objective =>
  OBJECTIVES[params.objective](train, params);
