import { logLoss } from '../metrics/log-loss.ts';
import { meanAveragePrecisionAt } from '../metrics/mean-average-precision.ts';
import { meanNdcgAt } from '../metrics/ndcg.ts';
import { binaryGradients, priorLogOdds } from './binary-gradients.ts';
import type { KernelFactory } from './kernel.ts';
import { lambdas } from './lambda-gradients.ts';
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
  (train: TrainingData, params: GradientBoostingParams, kernels: KernelFactory) => Objective
> = {
  binary: ({ y, weights, startScores }) => ({
    base: startScores ? 0 : priorLogOdds(y, weights),
    derivatives: (scores, gradients, hessians) => binaryGradients(scores, y, weights, gradients, hessians),
    quality: (scores, data) =>
      -logLoss(
        scores.map((score) => 1 / (1 + Math.exp(-score))),
        data.y,
      ),
  }),
  lambdarank: ({ y, weights, groups }, params, kernels) => {
    const measure = params.metric === 'map' ? meanAveragePrecisionAt : meanNdcgAt;
    return {
      base: 0,
      derivatives: lambdas(y, groups ?? [], weights, params, kernels).derivatives,
      quality: (scores, data) => measure(scores, data.y, data.groups ?? [], params.truncation),
    };
  },
};

export const objectiveOf = (train: TrainingData, params: GradientBoostingParams, kernels: KernelFactory): Objective =>
  OBJECTIVES[params.objective](train, params, kernels);
