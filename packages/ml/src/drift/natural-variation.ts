/**
 * How much a feature changes between periods of one version, that is without drift: offers come and go, months have pay
 * days. Rows and clients alone cannot tell, because what moves all clients at once is in no variance between them.
 */

export interface NaturalVariation {
  /** Standard deviation of the change between two periods (of a mean), or mean distance of two periods (of a mix). */
  readonly size: number;
  /** Standard deviation of the distances; 0 for means. */
  readonly spread: number;
  /** Degrees of freedom of the estimate. */
  readonly degrees: number;
}

/** Periods this far apart are compared: a version's last weeks and the next one's are neighbours or nearly so. */
const LARGEST_LAG = 3;
/** Fewer periods than this tell nothing. */
const FEWEST_PERIODS = 4;
/** The upper quartile of absolute values over this estimates a standard deviation under normality. */
const UPPER_QUARTILE = 1.15035;

/** Quantile by linear interpolation (type 7 of Hyndman and Fan 1996). */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  return sorted[below] + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
}

const deviation = (values: readonly number[]) => quantile(values.map(Math.abs), 0.75) / UPPER_QUARTILE;

/** Values of `change(i, j)` for all periods i < j at most LARGEST_LAG apart; those that are no number are left out. */
function changes(periods: number, change: (i: number, j: number) => number): number[] {
  const found: number[] = [];
  for (let i = 0; i < periods; i++) {
    for (let j = i + 1; j < Math.min(periods, i + 1 + LARGEST_LAG); j++) {
      const value = change(i, j);
      if (Number.isFinite(value)) found.push(value);
    }
  }
  return found;
}

/**
 * Of a mean. The upper quartile of the absolute changes stands for their deviation: more than the median it sees that
 * changes are now and then large, and a version which itself contains one jump (it was trained on after a drift) still
 * does not take the jump for nature.
 */
export function naturalChange(periods: number, change: (i: number, j: number) => number): NaturalVariation | undefined {
  const found = changes(periods, change);
  if (periods < FEWEST_PERIODS || found.length === 0) return undefined;
  return { size: deviation(found), spread: 0, degrees: periods - 1 };
}

/** Of a mix: the typical distance of two periods, and how much the distances vary. */
export function naturalDistance(
  periods: number,
  distance: (i: number, j: number) => number,
): NaturalVariation | undefined {
  const found = changes(periods, distance);
  if (periods < FEWEST_PERIODS || found.length === 0) return undefined;
  const size = quantile(found, 0.5);
  const spread = deviation(found.map((value) => value - size));
  return { size, spread, degrees: periods - 1 };
}

/** Weight of the prior below, in degrees of freedom. */
const PRIOR_DEGREES = 10;
/** A feature whose smallest drift is declared at a size is expected to change by an eighth of it without drift. */
const PRIOR_SHARE = 1 / 8;

/**
 * A deviation from few periods is itself uncertain: by chance it may be next to nothing. It is averaged with what the
 * declared size says of the feature, weighted by degrees of freedom (the moderated t of Smyth 2004).
 * @param deviation estimated, undefined where the history is too short @param smallest declared smallest drift, same unit
 */
export function moderated(
  deviation: number | undefined,
  degrees: number,
  smallest: number,
): { deviation: number; degrees: number } {
  const prior = (smallest * PRIOR_SHARE) ** 2;
  if (deviation === undefined) return { deviation: Math.sqrt(prior), degrees: PRIOR_DEGREES };
  const variance = (degrees * deviation * deviation + PRIOR_DEGREES * prior) / (degrees + PRIOR_DEGREES);
  return { deviation: Math.sqrt(variance), degrees: degrees + PRIOR_DEGREES };
}
