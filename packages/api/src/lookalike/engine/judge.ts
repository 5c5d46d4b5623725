/** Measures a ranker on questions whose answers are known: who did become a new customer. */
import type { GradientBoostingModel } from '@kindred/ml/boosting/model.ts';
import { averagePrecisionAt } from '@kindred/ml/metrics/average-precision.ts';
import { ndcgAt } from '@kindred/ml/metrics/ndcg.ts';
import { precisionAt } from '@kindred/ml/metrics/precision.ts';
import { type ModelView, rankAudience } from './audience.ts';
import { termsOf } from './features.ts';
import { type BrandEvents, newCustomers, type Query } from './queries.ts';
import type { World } from './world.ts';

/** Length of the lists that are measured, as in the contract's MAP@100. */
const TOP = 100;

export interface Judgement {
  readonly queries: readonly Query[];
  /** Average precision at 100 of each question. */
  readonly averagePrecision: Float64Array;
  readonly precision: Float64Array;
  readonly ndcg: Float64Array;
  /** Average precision of ranking by activity alone: the floor that a ranker must beat. */
  readonly activityAveragePrecision: Float64Array;
  /** Raw scores and labels of everybody ranked, all questions together: what calibration is fitted on. */
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
}

/** Questions, and the view that they are answered from. */
export interface JudgedCut {
  readonly modelView: ModelView;
  readonly queries: readonly Query[];
}

export function judge(
  world: World,
  cuts: readonly JudgedCut[],
  boosting: GradientBoostingModel,
  byBrand: BrandEvents,
): Judgement {
  const asked = cuts.flatMap(({ modelView, queries }) => queries.map((query) => ({ modelView, query })));
  const queries = asked.map(({ query }) => query);
  const averagePrecision = new Float64Array(queries.length);
  const precision = new Float64Array(queries.length);
  const ndcg = new Float64Array(queries.length);
  const activityAveragePrecision = new Float64Array(queries.length);
  const scores: Float64Array[] = [];
  const labels: Uint8Array[] = [];
  asked.forEach(({ modelView, query }, at) => {
    const positives = new Set(newCustomers(byBrand, query));
    const ranking = rankAudience(world, modelView, boosting, query.brand, termsOf(query), Number.POSITIVE_INFINITY);
    const hits = Uint8Array.from(ranking.users, (u) => (positives.has(u) ? 1 : 0));
    averagePrecision[at] = averagePrecisionAt(hits, positives.size, TOP);
    precision[at] = precisionAt(hits, TOP);
    ndcg[at] = ndcgAt(hits, positives.size, TOP);
    const activity = modelView.view.numeric.tx_count_30d;
    const byActivity = ranking.users.toSorted((a, b) => activity[b] - activity[a] || a - b);
    const activityHits = Uint8Array.from(byActivity, (u) => (positives.has(u) ? 1 : 0));
    activityAveragePrecision[at] = averagePrecisionAt(activityHits, positives.size, TOP);
    scores.push(ranking.scores);
    labels.push(hits);
  });
  return {
    queries,
    averagePrecision,
    precision,
    ndcg,
    activityAveragePrecision,
    scores: join(scores, (length) => new Float64Array(length)),
    labels: join(labels, (length) => new Uint8Array(length)),
  };
}

export const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at];
  return values.length > 0 ? sum / values.length : 0;
};

function join<T extends Float64Array | Uint8Array>(parts: readonly T[], create: (length: number) => T): T {
  const all = create(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
