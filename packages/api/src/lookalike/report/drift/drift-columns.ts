/** The columns of a version and of its reference that Evidently's tests are asked about, out of their drift profiles. */
import type { ColumnType } from '@kindred/ml/drift/evidently/samples.ts';
import { DRIFT_FEATURES, type DriftFeature, FEATURE_NAMES } from '../../drift/features.ts';
import type { Profile } from '../report-sources.ts';

export interface DriftColumn {
  /** The feature's name in `drift.json`. */
  readonly name: string;
  readonly description: string;
  readonly type: ColumnType;
  /** Days before each version's own last day that the rows are of; `all` for what has no calendar. */
  readonly window: string;
  /** Different values: ascending numbers, or texts in the order of their code units. */
  readonly labels: readonly string[];
  /** Rows of the reference with each label; undefined where there is no reference. */
  readonly reference: Float64Array | undefined;
  readonly current: Float64Array;
}

interface Source {
  readonly name: string;
  readonly description: string;
  readonly type: ColumnType;
  /** Name in the profile. */
  readonly mix: string;
}

const ORDERED = /_levels$/;

/** A feature that a distribution is of: `amount` rather than `amount_spread`, which comes later in the list. */
const firstOf = (distribution: string | undefined) =>
  FEATURE_NAMES.find((name) => (DRIFT_FEATURES[name] as DriftFeature).distribution === distribution);

/** THE LIST of columns: a feature for each distribution that a profile keeps. */
export const DRIFT_COLUMNS: readonly Source[] = FEATURE_NAMES.flatMap((name) => {
  const { description, distribution }: DriftFeature = DRIFT_FEATURES[name];
  if (distribution === undefined || firstOf(distribution) !== name) return [];
  return [{ name, description, type: ORDERED.test(distribution) ? 'num' : 'cat', mix: distribution } as const];
});

type Mix = Profile['mixes'][string];

const windowsOf = (mix: Mix) => Object.keys(mix.windows).sort((a, b) => Number(b) - Number(a));

/**
 * Rows by label. A profile keeps shares in seven digits and the number of rows, at most a few hundred thousand by
 * snapshot.ts: the counts are whole numbers, and rounding gives back exactly those that were counted.
 */
function countsOf(mix: Mix, window: string, labels: readonly string[]): Float64Array {
  const { shares, weight } = mix.windows[window];
  const counts = new Map(mix.labels.map((label, index) => [label, Math.round((shares[index] ?? 0) * weight)]));
  return Float64Array.from(labels, (label) => counts.get(label) ?? 0);
}

/** @returns the columns that can be compared, and the names of those that only one of the two versions has. */
export function driftColumns(
  current: Profile,
  reference: Profile | undefined,
): { readonly columns: DriftColumn[]; readonly absent: string[] } {
  const columns: DriftColumn[] = [];
  const absent: string[] = [];
  for (const { name, description, type, mix } of DRIFT_COLUMNS) {
    const now = current.mixes[mix];
    const before = reference?.mixes[mix];
    if (!now && !before) continue;
    const window = now && windowsOf(now).find((one) => !reference || before?.windows[one] !== undefined);
    if (!now || window === undefined) {
      absent.push(name);
      continue;
    }
    const labels = [...new Set([...now.labels, ...(before?.labels ?? [])])];
    labels.sort(type === 'num' ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : 1));
    columns.push({
      name,
      description,
      type,
      window,
      labels,
      reference: before && countsOf(before, window, labels),
      current: countsOf(now, window, labels),
    });
  }
  return { columns, absent };
}
