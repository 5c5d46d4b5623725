/** Rankings of grouped rows, as the ranking metrics and the ranking objective see them. */

/** Rows `from`..`to`-1 by falling score, equal scores by position. */
export function rankRows(scores: ArrayLike<number>, from: number, to: number): Int32Array {
  const order = new Int32Array(to - from);
  const keys = new Float64Array(to - from);
  for (let at = 0; at < order.length; at++) {
    order[at] = at;
    keys[at] = scores[from + at];
  }
  rankInPlace(keys, order);
  for (let at = 0; at < order.length; at++) order[at] += from;
  return order;
}

/** Pieces of this length are sorted by insertion before they are merged. */
const PIECE = 12;

/**
 * Sorts positions by falling key; equal keys keep their order. A merge sort that passes over what is in order already, so that
 * ranking anew after a small change of the keys costs little.
 */
export function rankInPlace(keys: Float64Array, order: Int32Array): void {
  const size = order.length;
  for (let from = 0; from < size; from += PIECE) insertionSort(keys, order, from, Math.min(size, from + PIECE));
  const spare = new Int32Array(size);
  for (let width = PIECE; width < size; width *= 2) {
    for (let from = 0; from + width < size; from += 2 * width) {
      merge(keys, order, spare, from, from + width, Math.min(size, from + 2 * width));
    }
  }
}

function insertionSort(keys: Float64Array, order: Int32Array, from: number, to: number): void {
  for (let at = from + 1; at < to; at++) {
    const moved = order[at];
    const key = keys[moved];
    let hole = at;
    while (hole > from && keys[order[hole - 1]] < key) {
      order[hole] = order[hole - 1];
      hole--;
    }
    order[hole] = moved;
  }
}

function merge(
  keys: Float64Array,
  order: Int32Array,
  spare: Int32Array,
  from: number,
  middle: number,
  to: number,
): void {
  if (keys[order[middle - 1]] >= keys[order[middle]]) return;
  const firsts = middle - from;
  for (let at = 0; at < firsts; at++) spare[at] = order[from + at];
  let first = 0;
  let second = middle;
  let out = from;
  while (first < firsts && second < to) {
    order[out++] = keys[order[second]] > keys[spare[first]] ? order[second++] : spare[first++];
  }
  while (first < firsts) order[out++] = spare[first++];
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
    const hits = new Uint8Array(order.length);
    let positives = 0;
    for (let at = 0; at < order.length; at++) {
      hits[at] = labels[order[at]] > 0 ? 1 : 0;
      positives += hits[at];
    }
    if (positives === 0) continue;
    sum += metric(hits, positives);
    counted++;
  }
  return counted > 0 ? sum / counted : 0;
}
