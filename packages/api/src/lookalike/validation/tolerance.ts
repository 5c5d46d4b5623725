/** How much of a table may be wrong before a check fails. All numbers of the validation are here. */

/**
 * A share of bad rows is tolerated up to `first` in the first version, and later up to what the last good version had plus
 * a margin: the larger of `margin` and `slack` times that share. Whatever the share, `rows` bad rows are always tolerated,
 * because a handful of odd records is no broken delivery.
 */
export interface Tolerance {
  readonly first: number;
  readonly margin: number;
  readonly slack: number;
  readonly rows: number;
}

export const TOLERANCES = {
  /** No row without its key. Strict: one row in 10,000 beyond what was always so. */
  keyNull: { first: 0.02, margin: 0.0001, slack: 0.5, rows: 2 },
  /** Ids that are no keys (brand, merchant of a transaction): as strict only where the last version had none missing. */
  idNull: { first: 1, margin: 0.02, slack: 0.25, rows: 2 },
  idNullWhereNone: { first: 1, margin: 0.001, slack: 0, rows: 2 },
  columnNull: { first: 1, margin: 0.02, slack: 0.25, rows: 5 },
  columnNullWhereNone: { first: 1, margin: 0.005, slack: 0, rows: 5 },
  /** Missing ends mean "no end", and new offers may all be without one. */
  endNull: { first: 1, margin: 0.15, slack: 0.5, rows: 10 },
  keyType: { first: 0.02, margin: 0.0001, slack: 0.5, rows: 2 },
  columnType: { first: 0.02, margin: 0.001, slack: 0.25, rows: 2 },
  /** Values of a closed list (gender, status, size of town) that were never seen. */
  closedValue: { first: 0.02, margin: 0.005, slack: 1, rows: 2 },
  /** Values of a list that grows (regions, products, categories). */
  openValue: { first: 1, margin: 0.1, slack: 1, rows: 5 },
  pattern: { first: 0.02, margin: 0.005, slack: 0.5, rows: 2 },
  number: { first: 0.005, margin: 0.001, slack: 0.5, rows: 2 },
  day: { first: 0.02, margin: 0.001, slack: 0.5, rows: 2 },
  order: { first: 0.02, margin: 0.002, slack: 0.5, rows: 2 },
  uniqueKey: { first: 0.02, margin: 0.002, slack: 0.5, rows: 4 },
  repeatedRow: { first: 0.7, margin: 0.01, slack: 0.25, rows: 10 },
  reference: { first: 0.5, margin: 0.005, slack: 0.2, rows: 3 },
  /** Brands of purchases that no merchant of the catalog has: normal, but not suddenly. */
  looseReference: { first: 1, margin: 0.25, slack: 0, rows: 5 },
} as const satisfies Record<string, Tolerance>;

/** Comparisons are between ratios of counts; this keeps rounding from deciding a tie. */
const ROUNDING = 1e-9;

/** Great Expectations' `mostly` for a tolerance, a baseline share (absent in the first version) and a table's rows. */
export function mostlyFor(tolerance: Tolerance, baseline: number | undefined, rows: number): number {
  const share =
    baseline === undefined ? tolerance.first : baseline + Math.max(tolerance.margin, tolerance.slack * baseline);
  const limit = Math.max(share, rows > 0 ? tolerance.rows / rows : 1);
  return Math.max(0, 1 - limit - ROUNDING);
}

/** A full snapshot does not shrink: fewer rows than this share of the last good version's are a truncated table. */
export const SMALLEST_ROW_SHARE = { catalog: 0.65, events: 0.5 } as const;

/** Days around the regular stretch of a date column that are still plausible. Ramps are long, the future is not. */
export const DAYS_AROUND = {
  event: { before: 400, after: 31 },
  offer: { before: 730, after: 400 },
} as const;

/** A later version's median day lies at most this much before, and after, the last good version's. */
export const MEDIAN_DAYS = { back: 45, ahead: 800 } as const;
/** Without a baseline: any calendar of this century so far. */
export const FIRST_MEDIAN = { min: '2000-01-01', max: '2060-12-31' } as const;

/** How far the share of clients with a row may fall. */
export const COVERAGE_DROP = { attributes: 0.15, events: 0.3 } as const;

/** Numbers grow, but not by this factor over the largest of the last good version. */
export const LARGEST_NUMBER_FACTOR = 50;

/** The most common value of an attribute: what is left for all others shrinks at most to this part of what it was. */
export const REST_KEPT = 0.15;
/** The most common id of an event table: at most this share, or five times what it was. */
export const TOP_ID_SHARE = { user: 0.2, object: 0.6 } as const;
export const TOP_ID_FACTOR = 5;

/** Part of the association between client and brand (above chance) that must be left; a shuffled column keeps none. */
export const ASSOCIATION_KEPT = 0.25;
/** Below this the last good version had no association worth checking. */
export const ASSOCIATION_FROM = 1.05;
