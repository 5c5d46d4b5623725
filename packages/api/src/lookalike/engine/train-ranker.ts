/**
 * Trains the ranker of one version. Two rankers come out of it: the judged one has not seen the version's last days and is
 * measured on them; the published one is then fitted on everything, with the same settings.
 */
import { fitGradientBoosting } from '@kindred/ml/boosting/fit.ts';
import type { GradientBoostingModel } from '@kindred/ml/boosting/model.ts';
import type { GradientBoostingParams } from '@kindred/ml/boosting/params.ts';
import { fitPlatt, plattParams } from '@kindred/ml/calibration/platt.ts';
import type { FirstPurchaseParams } from '@kindred/ml/recommendation/first-purchase-model.ts';
import type { ModelView } from './audience.ts';
import { FEATURES } from './features.ts';
import { type Judgement, judge } from './judge.ts';
import type { LookalikeModel } from './lookalike-model.ts';
import { eventsByBrand } from './queries.ts';
import { fitTaste, type ViewTaste } from './taste.ts';
import { type Cut, type PlanLimits, planTraining, type TrainingPlan } from './training-plan.ts';
import { type Block, joinBlocks, type Sampling, trainingBlocks } from './training-set.ts';
import { viewUsers } from './user-view.ts';
import type { World } from './world.ts';

export interface RankerSettings {
  readonly taste: FirstPurchaseParams;
  readonly boosting: GradientBoostingParams;
  readonly sampling: Sampling;
  readonly plan: PlanLimits;
}

export interface TrainingHooks {
  progress?(done: number, message: string): void;
  metric?(key: string, value: number, step: number): void;
}

export interface TrainedRanker {
  readonly model: LookalikeModel;
  readonly plan: TrainingPlan;
  readonly judged: Judgement;
  readonly rows: number;
}

export function trainRanker(world: World, settings: RankerSettings, hooks: TrainingHooks = {}): TrainedRanker {
  const byBrand = eventsByBrand(world);
  const plan = planTraining(world, byBrand, settings.plan);
  const blocks: Block[] = [];
  // Tastes of a cut know nothing of what came after it; each cut goes on from those of the cut before.
  let before: ViewTaste | undefined;
  const viewAt = (day: number): ModelView => {
    const view = viewUsers(world, day);
    const taste = fitTaste(world, view, settings.taste, before);
    before = taste;
    return { view, taste };
  };
  const ask = (modelView: ModelView, { queries }: Cut) => {
    blocks.push(...trainingBlocks(world, modelView, byBrand, queries, settings.sampling, blocks.length));
  };

  plan.training.forEach((cut, at) => {
    hooks.progress?.((0.3 * at) / plan.training.length, `asking day ${cut.day} of ${world.lastDay + 1}`);
    ask(viewAt(cut.day), cut);
  });
  hooks.progress?.(0.3, 'fitting the judged ranker');
  const judgedBoosting = fitBlocks(blocks, settings);
  hooks.progress?.(0.5, 'judging on the last days');
  const recent = plan.recent.map((cut) => ({ cut, modelView: viewAt(cut.day) }));
  const judgedCuts = recent.filter(({ cut }) => plan.holdout.includes(cut));
  const judged = judge(
    world,
    judgedCuts.map(({ cut, modelView }) => ({ modelView, queries: cut.queries })),
    judgedBoosting,
    byBrand,
  );
  const calibration = fitPlatt(judged.scores, judged.labels, plattParams.parse({}));
  for (const { cut, modelView } of recent) ask(modelView, cut);
  hooks.progress?.(0.7, 'fitting the ranker');
  const boosting = fitBlocks(blocks, settings, (round, value) => hooks.metric?.('train_log_likelihood', value, round));
  const { taste } = viewAt(world.lastDay + 1);
  const brands = {
    params: settings.taste,
    brandIds: Float64Array.from(taste.brands, (b) => world.brandIds[b]),
    vectors: taste.model.items,
  };
  return {
    model: { brands, boosting, calibration, trainedOn: world.version, trainedUntil: world.baseDay + world.lastDay },
    plan,
    judged,
    rows: blocks.reduce((sum, { labels }) => sum + labels.length, 0),
  };
}

function fitBlocks(
  blocks: readonly Block[],
  settings: RankerSettings,
  onRound?: (round: number, value: number) => void,
): GradientBoostingModel {
  const train = joinBlocks(blocks);
  return fitGradientBoosting(train, boostingOf(settings, train.X.rows), undefined, onRound);
}

/** Rows of training that a leaf needs one of. New customers are few: leaves with less than some hundred rows learn chance. */
const ROWS_OF_LEAF = 1000;

/** Settings of boosting for a training set of so many rows. */
export const boostingOf = ({ boosting }: RankerSettings, rows: number): GradientBoostingParams => ({
  ...boosting,
  minDataInLeaf: Math.max(boosting.minDataInLeaf, Math.min(200, Math.round(rows / ROWS_OF_LEAF))),
  monotone: FEATURES.map((feature) => feature.monotone),
});
