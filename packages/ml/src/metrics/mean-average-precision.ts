import { averagePrecisionAt } from './average-precision.ts';
import { meanOverGroups } from './group-ranking.ts';

/** MAP@k over groups of rows (offsets, one more than groups); groups without a relevant row do not count. 0..1. */
export const meanAveragePrecisionAt = (
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
  k: number,
): number => meanOverGroups(scores, labels, groups, (hits, positives) => averagePrecisionAt(hits, positives, k));
