/**
 * Trains the ranker of one version. Two rankers come out of it: the judged one has not seen the version's last days and is
 * measured on them; the published one is then fitted on everything, with the same settings.
 */
import type { GradientBoostingParams } from '@kindred/ml/boosting/params.ts';
import type { FirstPurchaseParams } from '@kindred/ml/recommendation/first-purchase-model.ts';
import { DeskThread } from './desk-thread.ts';
import type { Judgement } from './judge.ts';
import type { LookalikeModel } from './lookalike-model.ts';
import { type BrandEvents, eventsByBrand } from './queries.ts';
import { type Desk, type DeskResult, RankerDesk } from './ranker-desk.ts';
import { fitTaste, type ViewTaste } from './taste.ts';
import { type PlanLimits, planTraining, type TrainingPlan } from './training-plan.ts';
import type { Sampling } from './training-set.ts';
import { viewUsers } from './user-view.ts';
import { unpackWorld, type World } from './world.ts';

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
  const desk = new RankerDesk(world, settings, byBrand);
  const chain = followCuts(world, byBrand, settings, desk, hooks);
  return trained(world, settings, chain, desk.finish(), hooks);
}

/** The same in two threads, with the same result: one makes the views, the other works on them. */
export async function trainRankerBeside(
  bytes: SharedArrayBuffer,
  settings: RankerSettings,
  hooks: TrainingHooks = {},
): Promise<TrainedRanker> {
  const world = unpackWorld(bytes);
  const desk = new DeskThread({ world: bytes, settings });
  try {
    const chain = followCuts(world, eventsByBrand(world), settings, desk, hooks);
    return trained(world, settings, chain, await desk.finish(), hooks);
  } finally {
    await desk.close();
  }
}

interface Followed {
  readonly plan: TrainingPlan;
  /** Tastes at the version's end. */
  readonly taste: ViewTaste;
}

/** Makes the view of each cut and hands it to the desk; tastes of a cut know nothing of what came after it. */
function followCuts(
  world: World,
  byBrand: BrandEvents,
  settings: RankerSettings,
  desk: Desk,
  hooks: TrainingHooks,
): Followed {
  const plan = planTraining(world, byBrand, settings.plan);
  const days = plan.training.length + plan.recent.length + 1;
  let made = 0;
  let before: ViewTaste | undefined;
  const viewAt = (day: number) => {
    hooks.progress?.((VIEWS_SHARE * made++) / days, `day ${day} of ${world.lastDay + 1}`);
    const view = viewUsers(world, day);
    // Each cut goes on from the tastes of the cut before.
    const taste = fitTaste(world, view, settings.taste, before);
    before = taste;
    return { view, taste };
  };
  for (const cut of plan.training) desk.ask(viewAt(cut.day), cut);
  desk.fitJudged();
  for (const cut of plan.recent) {
    const modelView = viewAt(cut.day);
    desk.ask(modelView, cut);
    if (plan.holdout.includes(cut)) desk.judge(modelView, cut);
  }
  const { taste } = viewAt(world.lastDay + 1);
  hooks.progress?.(VIEWS_SHARE, 'fitting the ranker');
  return { plan, taste };
}

/** Share of training's time that the views take. */
const VIEWS_SHARE = 0.7;

function trained(
  world: World,
  settings: RankerSettings,
  { plan, taste }: Followed,
  { judged, calibration, boosting, rows, logLikelihoods }: DeskResult,
  hooks: TrainingHooks,
): TrainedRanker {
  logLikelihoods.forEach((value, round) => {
    hooks.metric?.('train_log_likelihood', value, round);
  });
  const brands = {
    params: settings.taste,
    brandIds: Float64Array.from(taste.brands, (b) => world.brandIds[b]),
    vectors: taste.model.items,
  };
  const model = {
    brands,
    boosting,
    calibration,
    trainedOn: world.version,
    trainedUntil: world.baseDay + world.lastDay,
  };
  return { model, plan, judged, rows };
}
