import { normalQuantile } from './distributions.ts';

/**
 * Scores of ordered levels: the normal quantile of each level's mid-rank in the reference (van der Waerden). A shift of
 * the mean of the scores reads as standard deviations whatever the levels' spacing: bucket names like "10k+" carry none.
 */
export function normalScores(counts: ArrayLike<number>): Float64Array {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i];
  const scores = new Float64Array(counts.length);
  let below = 0;
  for (let i = 0; i < counts.length; i++) {
    scores[i] = total > 0 ? normalQuantile(clampRank((below + counts[i] / 2) / total, total)) : 0;
    below += counts[i];
  }
  return scores;
}

/** A level that the reference did not have at an end ranks half a row from that end, not infinitely far. */
function clampRank(rank: number, total: number): number {
  const edge = 0.5 / (total + 1);
  return Math.min(1 - edge, Math.max(edge, rank));
}

/** Scores of other `levels` on the scale of `known` levels (both ascending) with their reference counts. */
export function scoresOnScale(
  levels: ArrayLike<number>,
  known: ArrayLike<number>,
  counts: ArrayLike<number>,
): Float64Array {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i];
  return Float64Array.from({ length: levels.length }, (_, i) => {
    let below = 0;
    let equal = 0;
    for (let k = 0; k < known.length && known[k] <= levels[i]; k++) {
      if (known[k] === levels[i]) equal = counts[k];
      else below += counts[k];
    }
    return total > 0 ? normalQuantile(clampRank((below + equal / 2) / total, total)) : 0;
  });
}

/** Mean and standard deviation of the scores over the counts. */
export function scoreMoments(
  scores: ArrayLike<number>,
  counts: ArrayLike<number>,
): { mean: number; deviation: number } {
  let total = 0;
  let mean = 0;
  let square = 0;
  for (let i = 0; i < scores.length; i++) {
    total += counts[i];
    mean += counts[i] * scores[i];
    square += counts[i] * scores[i] ** 2;
  }
  if (total === 0) return { mean: 0, deviation: 0 };
  mean /= total;
  return { mean, deviation: Math.sqrt(Math.max(0, square / total - mean * mean)) };
}
