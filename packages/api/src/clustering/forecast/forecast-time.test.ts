import { describe, expect, it } from 'vitest';
import { clusteringParams } from '../clustering-params.ts';
import { CLUSTERING_METHODS, methodsOf } from '../methods.ts';
import { expectedTime } from './expected-time.ts';
import { machineFactor } from './machine-speed.ts';
import { fitSeconds } from './method-seconds.ts';
import { paceKey } from './past-stages.ts';
import { clusteringSeconds, metricsSeconds, visualizationSeconds } from './stage-seconds.ts';

const methods = methodsOf('clusterer', 'reducer', 'selector', 'cluster_metric', 'outlier_detector');
const named = (name: string) => {
  const found = methods.find((method) => method.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
};
const seconds = (name: string, rows: number, columns = 20, params: object = {}) =>
  fitSeconds(name, rows, columns, named(name).params.parse(params));

describe('the models of time', () => {
  it.each(methods.map(({ name }) => name))('of %s takes longer for more rows, and no less for more columns', (name) => {
    const times = [100, 2000, 20_000, 100_000].map((rows) => seconds(name, rows));
    expect(times[0]).toBeGreaterThan(0);
    // Where all rows are compared no longer, the next table may be quicker.
    if (!['spectral', 'kernelPca', 'silhouette', 'dunn'].includes(name))
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(seconds(name, 20_000)).toBeGreaterThan(times[0]);
    expect(seconds(name, 20_000, 40)).toBeGreaterThanOrEqual(seconds(name, 20_000, 20));
  });

  it('grow as the work of the methods does', () => {
    // Ten times the rows: about ten times the time of a pass, a hundred times that of comparing all pairs.
    const growth = (name: string, params: object = {}) =>
      seconds(name, 1_000_000, 20, params) / seconds(name, 100_000, 20, params);
    for (const name of ['kMeans', 'pca', 'gaussianMixture', 'correlationThreshold', 'inertia'])
      expect([name, growth(name) > 8 && growth(name) <= 10]).toEqual([name, true]);
    for (const name of ['dbscan', 'hdbscan', 'optics', 'agglomerative'])
      expect([name, growth(name) > 70 && growth(name) <= 100]).toEqual([name, true]);
    expect(seconds('kMeans', 50_000, 20, { n_clusters: 30 })).toBeGreaterThan(5 * seconds('kMeans', 50_000));
    expect(seconds('umap', 5000, 20, { n_epochs: 1000 })).toBeGreaterThan(1.5 * seconds('umap', 5000));
    expect(seconds('autoencoder', 5000, 20, { epochs: 500 })).toBeGreaterThan(3 * seconds('autoencoder', 5000));
  });

  it('put the methods into the order that a measurement at 5,000 and 20,000 rows has', () => {
    for (const rows of [5000, 20_000])
      for (const [quick, slow] of [
        ['inertia', 'kMeans'],
        ['pca', 'kernelPca'],
        ['kMeans', 'hdbscan'],
        ['kMeans', 'agglomerative'],
        ['hdbscan', 'umap'],
        ['agglomerative', 'tSne'],
        ['autoencoder', 'umap'],
      ])
        expect([rows, quick, slow, seconds(quick, rows) < seconds(slow, rows)]).toEqual([rows, quick, slow, true]);
  });

  it('of a stage count what is asked for beside the fit', () => {
    const method = CLUSTERING_METHODS.find(({ name }) => name === 'kMeans');
    const params = clusteringParams.parse({});
    const size = { rows: 20_000, columns: 20 };
    const of = (more: object) =>
      clusteringSeconds(method, size, named('kMeans').params.parse({}), { ...params, ...more });
    expect(of({ automatic_k: { from: 2, to: 10 } })).toBeGreaterThan(3 * of({}));
    expect(of({ stability: { n_bootstraps: 50, sample_rows: 10_000 } })).toBeGreaterThan(3 * of({}));
    const drawn = (charts: string[]) =>
      visualizationSeconds(size, clusteringParams.parse({ visualization: { charts } }).visualization);
    expect(drawn(['tsne', 'umap'])).toBeGreaterThan(3 * drawn(['sizes']));
    expect(metricsSeconds(size)).toBeGreaterThan(seconds('silhouette', 20_000));
  });
});

describe('the time that is told', () => {
  const stage = { stage: 'clustering', method: 'kMeans', seconds: 4 };

  it('is that of this machine, or what such stages took before', () => {
    const unknown = expectedTime(stage, new Map(), 2);
    expect(unknown.low).toBeCloseTo(2 * machineFactor(2), 9);
    expect(unknown.high).toBeCloseTo(12 * machineFactor(2), 9);
    const paces = new Map([[paceKey('clustering', 'kMeans'), { median: 3, low: 2.5, high: 5, runs: 9 }]]);
    expect(expectedTime(stage, paces, 2)).toEqual({ low: 8, high: 25 });
    expect(expectedTime({ ...stage, method: 'dbscan' }, paces, 2)).toEqual(unknown);
  });

  it('is less with more threads, but not in proportion', () => {
    expect(machineFactor(8)).toBeLessThan(machineFactor(2));
    expect(machineFactor(8)).toBeGreaterThan(machineFactor(2) / 4);
    expect(machineFactor(1)).toBeGreaterThan(machineFactor(2));
  });
});
