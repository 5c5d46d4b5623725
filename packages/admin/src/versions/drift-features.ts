import type { Drift, DriftColumn } from './version-documents.ts';

/** What the report says of one feature, with both distributions where it has one. */
export interface DriftFeature {
  readonly feature: string;
  readonly description: string;
  /** How its change is measured; undefined where nothing was compared. */
  readonly kind: string | undefined;
  readonly drifted: boolean;
  /** 0 to 1, growing with severity. */
  readonly score: number;
  readonly effectSize: number | undefined;
  readonly threshold: number | undefined;
  readonly pValue: number | undefined;
  readonly reference: number | undefined;
  readonly current: number | undefined;
  readonly window: string | undefined;
  /** PSI and the like, by name. */
  readonly statistics: readonly (readonly [name: string, value: number])[];
  readonly column: DriftColumn | undefined;
}

/** Of all features of a report, the worst first: drifted ones, then by how far they have moved against what is declared. */
export function driftFeatures({ features, columns }: Pick<Drift, 'features' | 'columns'>): DriftFeature[] {
  const columnOf = new Map(columns.map((column) => [column.feature, column]));
  const judged = features.filter(isRecord).flatMap((row) => {
    const feature = textOf(row.feature);
    return feature === undefined ? [] : [featureOf(feature, row, columnOf.get(feature))];
  });
  const names = new Set(judged.map(({ feature }) => feature));
  // A first version has distributions and nothing to compare them with.
  const unjudged = columns
    .filter(({ feature }) => !names.has(feature))
    .map((column) => featureOf(column.feature, {}, column));
  return [...judged, ...unjudged].sort(
    (a, b) => Number(b.drifted) - Number(a.drifted) || b.score - a.score || strength(b) - strength(a),
  );
}

function featureOf(
  feature: string,
  row: Readonly<Record<string, unknown>>,
  column: DriftColumn | undefined,
): DriftFeature {
  return {
    feature,
    description: textOf(row.description) ?? column?.description ?? feature,
    kind: textOf(row.kind),
    drifted: row.drifted === true,
    score: numberOf(row.score) ?? 0,
    effectSize: numberOf(row.effect_size),
    threshold: numberOf(row.threshold),
    pValue: numberOf(row.adjusted_p_value) ?? numberOf(row.p_value),
    reference: numberOf(row.reference),
    current: numberOf(row.current),
    window: textOf(row.window),
    statistics: statisticsOf(row.statistics),
    column,
  };
}

/** A statistic is a number, or an object that has it beside its p value. */
function statisticsOf(value: unknown): [string, number][] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, found]): [string, number][] => {
    const number = numberOf(isRecord(found) ? found.statistic : found);
    return number === undefined ? [] : [[name, number]];
  });
}

/** How much of the threshold is used up. */
function strength({ effectSize, threshold }: DriftFeature): number {
  return threshold ? Math.abs(effectSize ?? 0) / threshold : 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
