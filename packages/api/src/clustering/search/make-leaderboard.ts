import { NONE } from '../clustering-params.ts';
import { requestName } from '../methods.ts';
import type { Measures } from './judge.ts';
import type { LeaderboardEntry } from './leaderboard.ts';
import type { Trial } from './plan-trials.ts';
import { PREPARATIONS } from './preparations.ts';
import { scoreOf } from './score-trial.ts';
import type { ScreenedTrial } from './screened.ts';
import type { SearchParams } from './search-params.ts';

/** What came of a finalist. */
export interface Proved {
  readonly state: 'final' | 'degenerate' | 'failed' | 'screened';
  readonly reason: string | null;
  readonly measures: Measures | null;
  readonly stability: number | null;
  readonly adjusted_rand: number | null;
  readonly rows: number;
  readonly params: { readonly [key: string]: unknown } | null;
}

/** Finalists by their scores, then the others by theirs on the sample, then degenerate ones, then those without a result. */
export function makeEntries(
  plan: readonly Trial[],
  screened: readonly ScreenedTrial[],
  proved: ReadonlyMap<number, Proved>,
  { params, sampleRows }: { readonly params: SearchParams; readonly sampleRows: number },
): LeaderboardEntry[] {
  const byNumber = new Map(screened.map((one) => [one.number, one]));
  const entries = plan.map((trial): LeaderboardEntry => {
    const early = byNumber.get(trial.number);
    const late = proved.get(trial.number);
    // What was found on all rows stands in place of what was found on the sample.
    const replaced = late !== undefined && late.state !== 'screened';
    const measures = (replaced ? late.measures : early?.measures) ?? null;
    const clustering = (replaced ? late.params : early?.params) ?? null;
    const stability = replaced ? late.stability : null;
    return {
      rank: null,
      trial: trial.number,
      name: trial.name,
      state: late?.state ?? early?.state ?? 'not_reached',
      reason: (late ? late.reason : early?.reason) ?? (early ? null : 'the time was over before its turn'),
      preparation: trial.preparation,
      reduction: requestName(trial.reduction.method),
      method: requestName(trial.method),
      clusters: measures?.clusters ?? null,
      sizes: [...(measures?.sizes ?? [])],
      noise: measures?.noise ?? null,
      silhouette: measures?.silhouette ?? null,
      calinski_harabasz: measures?.calinski_harabasz ?? null,
      davies_bouldin: measures?.davies_bouldin ?? null,
      density_validity: measures?.density_validity ?? null,
      stability,
      score: measures && scoreOf(measures, stability),
      adjusted_rand: (replaced ? late.adjusted_rand : early?.adjusted_rand) ?? null,
      rows: measures === null ? null : replaced ? late.rows : sampleRows,
      same_as: early?.same_as ?? null,
      summary: null,
      params: clustering && jobParams(trial, clustering, params),
    };
  });
  const groups = ['final', 'screened', 'degenerate'] as const;
  const ranked = groups.flatMap((state) =>
    entries
      .filter((entry) => entry.state === state)
      .sort((a, b) => (b.score ?? 0) - (a.score ?? 0) || a.trial - b.trial),
  );
  const others = entries.filter(({ state }) => !groups.some((one) => one === state));
  return [...ranked.map((entry, at) => ({ ...entry, rank: at + 1 })), ...others];
}

/** Parameters of the clustering job that does the same; what has its default is left out. */
function jobParams(
  { preparation, reduction, method }: Trial,
  clustering: { readonly [key: string]: unknown },
  { columns, label_column, feature_groups, column_groups, row_filter }: SearchParams,
): Record<string, unknown> {
  const choice = Object.entries({ columns, label_column, feature_groups, column_groups, row_filter });
  return {
    ...Object.fromEntries(choice.filter(([, value]) => value !== null)),
    preprocessing: { ...PREPARATIONS[preparation].params },
    ...(reduction.method === NONE
      ? {}
      : { dimensionality_reduction: { method: requestName(reduction.method), params: { ...reduction.params } } }),
    clustering: { method: requestName(method), params: { ...clustering } },
  };
}
