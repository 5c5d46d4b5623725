import { describe, expect, it } from 'vitest';
import { MlError } from '../errors.ts';
import { Random } from '../random.ts';
import { kMeans } from './k-means.ts';
import { limitSizes } from './size-limits.ts';

const costOf = (costs: Float64Array, k: number, labels: ArrayLike<number>) =>
  Array.from(labels).reduce((sum, label, row) => sum + costs[row * k + label], 0);

/** The least cost over all assignments. */
function byTrial(costs: Float64Array, k: number, least: number, most: number): number {
  const rows = costs.length / k;
  let best = Number.POSITIVE_INFINITY;
  for (let code = 0; code < k ** rows; code++) {
    const labels = Array.from({ length: rows }, (_, row) => Math.floor(code / k ** row) % k);
    const sizes = Array.from({ length: k }, (_, c) => labels.filter((label) => label === c).length);
    if (sizes.every((size) => size >= least && size <= most)) best = Math.min(best, costOf(costs, k, labels));
  }
  return best;
}

describe('an assignment with limits', () => {
  it('costs the least possible', () => {
    const random = new Random(1);
    for (let trial = 0; trial < 60; trial++) {
      const k = 2 + (trial % 2);
      const rows = 7;
      // One cluster is near to all, so that limits bind.
      const costs = Float64Array.from({ length: rows * k }, (_, at) => random.uniform() + (at % k ? 0.7 : 0));
      const [least, most] = [trial % 3, 6 - k + (trial % 3)];
      const labels = limitSizes(costs, k, least, most);
      expect(costOf(costs, k, labels)).toBeCloseTo(byTrial(costs, k, least, most), 9);
      for (let c = 0; c < k; c++) {
        const size = labels.filter((label) => label === c).length;
        expect(size).toBeGreaterThanOrEqual(least);
        expect(size).toBeLessThanOrEqual(most);
      }
    }
  });

  it('is refused where there is none', () => {
    expect(() => limitSizes(new Float64Array(20), 2, 6, 10)).toThrow(MlError);
    expect(() => limitSizes(new Float64Array(20), 2, 0, 4)).toThrow(MlError);
  });

  it('k-means keeps to the limits', () => {
    const random = new Random(2);
    const X = { rows: 600, columns: 2, data: Float64Array.from({ length: 1200 }, () => random.normal() ** 3) };
    const sizes = (params: object) => {
      const { labels } = kMeans.fit(X, kMeans.params.parse({ n_clusters: 4, ...params }), {});
      return [0, 1, 2, 3].map((c) => labels.filter((label) => label === c).length);
    };
    expect(Math.max(...sizes({}))).toBeGreaterThan(200);
    for (const size of sizes({ min_size: 120, max_size: 170 })) {
      expect(size).toBeGreaterThanOrEqual(120);
      expect(size).toBeLessThanOrEqual(170);
    }
  });
});
