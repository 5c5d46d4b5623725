/**
 * p-values adjusted so that rejecting those at most q keeps the expected share of false rejections at q (Benjamini and
 * Hochberg 1995). Order is kept.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[b] - pValues[a]);
  const adjusted = new Array<number>(pValues.length);
  let smallest = 1;
  order.forEach((index, position) => {
    const rank = pValues.length - position;
    smallest = Math.min(smallest, (pValues[index] * pValues.length) / rank);
    adjusted[index] = smallest;
  });
  return adjusted;
}
