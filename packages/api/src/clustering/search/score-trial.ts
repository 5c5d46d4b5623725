import type { Measures } from './judge.ts';

/** What stands in docs/clustering.md and in the leaderboard itself. */
export const FORMULA =
  'score = silhouette over all rows, a row of noise counting -1, + density-based validity / 2, and of finalists - (1 - stability) / 2; the highest is the best. Calinski-Harabasz and Davies-Bouldin are shown and do not count.';

/**
 * What a labelling is worth, to compare it with others of the same rows. On twenty public tables of known groups this picks better
 * than means of ranks over all measures do, see docs/clustering.md: the silhouette alone cuts long shapes, density-based validity alone
 * trusts clusters of few rows amid noise, and Calinski-Harabasz and Davies-Bouldin say again what the silhouette does.
 * @param stability mean over the rows; null where it was not measured.
 */
export function scoreOf({ silhouette, density_validity, noise }: Measures, stability: number | null): number {
  return (
    (silhouette ?? -1) * (1 - noise) -
    noise +
    (density_validity ?? -1) / 2 -
    (stability === null ? 0 : (1 - stability) / 2)
  );
}
