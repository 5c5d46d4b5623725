import { expect, it } from 'vitest';
import { sampleBlobs } from '../../test/sample-blobs.ts';
import { adjustedRand } from '../cluster-metrics/agreement.ts';
import { kMeans } from './k-means.ts';

it('of many rows finds the clouds from any seed: a start is the best of some on a sample', () => {
  const X = sampleBlobs(20_000, 10, 8, 3, 12);
  const truth = Int32Array.from({ length: X.rows }, (_, row) => row % 8);
  for (let seed = 1; seed <= 10; seed++) {
    const { labels } = kMeans.fit(X, kMeans.params.parse({ n_clusters: 8, seed }), {});
    expect(adjustedRand(truth, labels)).toBeGreaterThan(0.99);
  }
});
