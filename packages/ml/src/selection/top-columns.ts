/** The places of the `count` greatest scores, ascending; of equal scores the first. */
export function topColumns(scores: Float64Array, count: number): Int32Array {
  const order = Int32Array.from(scores, (_, at) => at).sort((a, b) => scores[b] - scores[a] || a - b);
  return order.subarray(0, Math.min(count, scores.length)).slice().sort();
}
