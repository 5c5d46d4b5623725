import { describe, expect, it } from 'vitest';
import { sampleBlobs } from '../../test/sample-blobs.ts';
import { agglomerative } from './agglomerative.ts';
import { chooseK, takesK } from './choose-k.ts';
import { dbscan } from './dbscan.ts';
import { suggestEps } from './eps-suggestion.ts';
import { kMeans } from './k-means.ts';
import { bootstrapStability, matchLabels } from './stability.ts';

describe('the number of clusters', () => {
  const X = sampleBlobs(800, 3, 4, 5, 30);

  it.each([kMeans, agglomerative])('is found with $name where clouds are far apart, by every vote', (clusterer) => {
    const chosen = chooseK(
      clusterer,
      X,
      clusterer.params.parse({ ...(clusterer === kMeans && { n_init: 5 }) }),
      {},
      { to: 7 },
    );
    expect(chosen.k).toBe(4);
    expect(Object.values(chosen.votes).filter((vote) => vote === 4).length).toBeGreaterThanOrEqual(3);
    expect(chosen.curve.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(chosen.gapRows).toBe(undefined);
    const sampled = chooseK(clusterer, X, clusterer.params.parse({}), {}, { to: 5, gapRows: 300 });
    expect(sampled.gapRows).toBe(300);
  });

  it('is not asked of a method that finds it itself', () => {
    expect(takesK(dbscan)).toBe(false);
    expect(() => chooseK(dbscan, X, dbscan.params.parse({}), {})).toThrow('DBSCAN');
  });
});

it('eps is suggested between the distances within clouds and those of lonely rows', () => {
  const X = sampleBlobs(600, 3, 3, 1, 30);
  for (let row = 580; row < 600; row++) X.data[3 * row] += 40 + 10 * row;
  const { eps, curve } = suggestEps(X, 5, {});
  expect(curve).toHaveLength(600);
  expect(curve.every(({ distance }, at) => distance >= (curve[at - 1]?.distance ?? 0))).toBe(true);
  const { labels } = dbscan.fit(X, dbscan.params.parse({ eps }), {});
  expect(labels.filter((label) => label < 0).length).toBeGreaterThanOrEqual(18);
  expect(labels.filter((label) => label < 0).length).toBeLessThan(60);
});

describe('stability', () => {
  it('is high where clouds are apart and low where one is cut in two', () => {
    const apart = sampleBlobs(300, 2, 3, 4, 30);
    const stabilityOf = (X: typeof apart, n_clusters: number) => {
      const params = kMeans.params.parse({ n_clusters, n_init: 5 });
      return bootstrapStability(kMeans, X, kMeans.fit(X, params, {}).labels, params, {});
    };
    const stable = stabilityOf(apart, 3);
    expect(stable.mean).toBeGreaterThan(0.99);
    expect(stable.clusters).toHaveLength(3);
    expect(stable.rows.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(stabilityOf(sampleBlobs(300, 2, 1, 4), 3).mean).toBeLessThan(0.95);
  });

  it('labels are matched so that most rows agree', () => {
    const a = Int32Array.of(0, 0, 0, 1, 1, 2, 2, -1);
    expect(matchLabels(a, Int32Array.of(2, 2, 2, 0, 0, 1, 1, -1))).toEqual(a);
    expect(matchLabels(a, Int32Array.of(0, 0, 1, 1, 1, 1, 1, 0))).toEqual(Int32Array.of(0, 0, 1, 1, 1, 1, 1, 0));
    expect(matchLabels(a, Int32Array.of(3, 3, 3, 1, 1, 0, 0, 2))).toEqual(Int32Array.of(0, 0, 0, 1, 1, 2, 2, 3));
  });
});
