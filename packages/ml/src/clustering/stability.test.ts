import { describe, expect, it } from 'vitest';
import { sampleBlobs } from '../../test/sample-blobs.ts';
import { dbscan } from './dbscan.ts';
import { kMeans } from './k-means.ts';
import { bootstrapStability } from './stability.ts';

const X = sampleBlobs(600, 4, 3, 1, 20);

function stabilityOf(n_clusters: number, sampleRows?: number) {
  const params = kMeans.params.parse({ n_clusters });
  const { labels } = kMeans.fit(X, params, {});
  return bootstrapStability(kMeans, X, labels, params, {}, { resamples: 10, ...(sampleRows ? { sampleRows } : {}) });
}

describe('stability by bootstrap', () => {
  it('is whole where the clusters are those of the data', () => {
    const found = stabilityOf(3);
    expect([...found.jaccard]).toEqual([1, 1, 1]);
    expect(found.rows.every((share) => share === 1)).toBe(true);
    expect([found.mean, found.drawn]).toEqual([1, 600]);
  });

  it('is least where one cloud was parted for no reason; now and then another would have been', () => {
    const { jaccard, rows } = stabilityOf(4);
    expect([...jaccard].filter((value) => value > 0.75 && value < 1)).toHaveLength(2);
    expect([...jaccard].filter((value) => value < 0.6)).toHaveLength(2);
    expect(Math.min(...rows)).toBeLessThan(0.5);
  });

  it('on samples finds about the same', () => {
    const { jaccard, drawn } = stabilityOf(4, 200);
    expect(drawn).toBe(200);
    expect([...jaccard].filter((value) => value > 0.75)).toHaveLength(2);
    expect([...jaccard].filter((value) => value < 0.6)).toHaveLength(2);
  });

  it('asks a method that counts neighbours for fewer of them in a sample', () => {
    const params = dbscan.params.parse({ eps: 3, min_samples: 60 });
    const { labels } = dbscan.fit(X, params, {});
    expect(new Set(labels).size).toBeLessThanOrEqual(4);
    const found = bootstrapStability(dbscan, X, labels, params, {}, { resamples: 5, sampleRows: 150 });
    expect(Math.min(...found.jaccard)).toBeGreaterThan(0.8);
    expect(dbscan.forSample?.(params, 0.25)).toMatchObject({ min_samples: 15 });
  });
});
