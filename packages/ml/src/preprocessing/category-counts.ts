/** Categories that occur, in the order of their texts (by code units), and how often. */
export function categoryCounts(
  codes: Float64Array,
  categories: readonly string[],
): { readonly text: string; readonly count: number }[] {
  const counts = new Float64Array(categories.length);
  for (const code of codes) if (!Number.isNaN(code)) counts[code]++;
  return categories
    .map((text, at) => ({ text, count: counts[at] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => (a.text < b.text ? -1 : 1));
}
