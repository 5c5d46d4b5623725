/** Rankings of grouped rows, as the ranking metrics and the ranking objective see them. */

/** Rows `from`..`to`-1 by falling score; equal scores by falling tie key, or by position where there are no keys. */
export function rankRows(scores: ArrayLike<number>, from: number, to: number, tieKeys?: ArrayLike<number>): Int32Array {
  const order = new Int32Array(to - from);
  for (let at = 0; at < order.length; at++) order[at] = from + at;
  return tieKeys
    ? order.sort((a, b) => scores[b] - scores[a] || tieKeys[b] - tieKeys[a] || a - b)
    : order.sort((a, b) => scores[b] - scores[a] || a - b);
}

/**
 * The mean of a ranking metric over groups. Groups without a relevant row are left out: no ranking of them is better than
 * another.
 * @param groups offsets of the groups, one more than there are groups.
 * @param metric gets the labels in ranked order and the number of relevant rows.
 */
export function meanOverGroups(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
  metric: (hits: Uint8Array, positives: number) => number,
): number {
  let sum = 0;
  let counted = 0;
  for (let group = 0; group + 1 < groups.length; group++) {
    const order = rankRows(scores, groups[group], groups[group + 1]);
    let positives = 0;
    const hits = Uint8Array.from(order, (row) => (labels[row] > 0 ? 1 : 0));
    for (const hit of hits) positives += hit;
    if (positives === 0) continue;
    sum += metric(hits, positives);
    counted++;
  }
  return counted > 0 ? sum / counted : 0;
}
