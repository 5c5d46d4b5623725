/**
 * Area under the ROC curve: the chance that a positive scores above a negative, ties counting half (Mann and Whitney).
 * O(n log n). @returns 0..1; 0.5 where one of the classes is missing, as no order can then be right or wrong.
 */
export function rocAuc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const order = Uint32Array.from({ length: scores.length }, (_, at) => at).sort((a, b) => scores[a] - scores[b]);
  let negativesBelow = 0;
  let positives = 0;
  let wins = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let tiedPositives = 0;
    while (to < order.length && scores[order[to]] === scores[order[from]]) {
      if (labels[order[to]] > 0) tiedPositives++;
      to++;
    }
    const tiedNegatives = to - from - tiedPositives;
    wins += tiedPositives * (negativesBelow + tiedNegatives / 2);
    positives += tiedPositives;
    negativesBelow += tiedNegatives;
    from = to;
  }
  return positives > 0 && negativesBelow > 0 ? wins / (positives * negativesBelow) : 0.5;
}
