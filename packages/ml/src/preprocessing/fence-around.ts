/** Bounds `range` times their distance beyond two quantiles. Two equal ones say nothing of the rest: nothing is outside then. */
export const fenceAround = (low: number, high: number, range: number): readonly [number, number] =>
  low === high
    ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    : [low - range * (high - low), high + range * (high - low)];
