/** Clusterers and metrics of clusters give the same bits on any number of real threads. */
import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import { Random } from '@kindred/ml/random.ts';
import { registry, saveModel } from '@kindred/ml/registry.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { KernelThreads } from './kernel-threads.ts';

const teams = [1, 2, 3].map((count) => new KernelThreads(count));
afterAll(() => Promise.all(teams.map((threads) => threads.close())));

/** Enough rows that the methods share their work. */
const random = new Random(4);
const X = {
  rows: 9000,
  columns: 3,
  data: Float64Array.from({ length: 27_000 }, (_, at) => 4 * (Math.floor(at / 3) % 5) * (at % 3) + random.normal()),
};
const labels = Int32Array.from({ length: X.rows }, (_, row) => row % 5);
const all = Object.values<AnyAlgorithm>(registry);

describe.each(all.filter((entry) => entry.kind === 'clusterer'))('$name', (clusterer) => {
  it('is the same on 1, 2 and 3 threads', () => {
    const params = clusterer.params.parse({});
    const [one, ...others] = teams.map((threads) => {
      const fitted = clusterer.fit(X, params, { threads });
      return { labels: fitted.labels, bytes: saveModel(clusterer, fitted.model) };
    });
    for (const other of others) {
      expect(other.labels).toEqual(one.labels);
      expect(Buffer.compare(other.bytes, one.bytes)).toBe(0);
    }
  });
});

describe.each(all.filter((entry) => entry.kind === 'cluster_metric'))('$name', (metric) => {
  it('is the same on 1, 2 and 3 threads, of all rows and of a sample', () => {
    for (const given of [{}, { exact_rows: 100, sample_size: 2000 }]) {
      const params = metric.params.parse(given);
      const [one, ...others] = teams.map((threads) => metric.score(X, labels, params, { threads }));
      for (const other of others) expect(other).toEqual(one);
    }
  });
});
