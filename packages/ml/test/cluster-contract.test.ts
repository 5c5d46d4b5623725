/** What every clusterer and every metric of clusters of the list promises, whatever it does inside. */
import { describe, expect, it } from 'vitest';
import { adjustedRand } from '../src/cluster-metrics/agreement.ts';
import { numberedByFirstRow } from '../src/clustering/labels.ts';
import { MlError } from '../src/errors.ts';
import type { AnyAlgorithm } from '../src/estimator.ts';
import { takeRows } from '../src/matrix.ts';
import { Random } from '../src/random.ts';
import { loadModel, registry, saveModel } from '../src/registry.ts';
import { sampleBlobs } from './sample-blobs.ts';

const all = Object.values<AnyAlgorithm>(registry);
const clusterers = all.filter((entry) => entry.kind === 'clusterer');
const metrics = all.filter((entry) => entry.kind === 'cluster_metric');

const X = sampleBlobs(400, 4, 3, 1, 20);
const truth = Int32Array.from({ length: X.rows }, (_, row) => row % 3);
const codeOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return error instanceof MlError ? error.code : String(error);
  }
  return 'nothing thrown';
};

describe.each(clusterers)('clusterer $name', (clusterer) => {
  /** Three clouds: as many as the methods that take a number are told, and near enough for those that take a distance. */
  const params = clusterer.params.parse({
    ...('n_clusters' in clusterer.params.shape && { n_clusters: 3 }),
    ...('n_components' in clusterer.params.shape && { n_components: 3 }),
    ...('eps' in clusterer.params.shape && { eps: 2.5 }),
  });
  const fitted = clusterer.fit(X, params, {});

  it('finds clouds that are far apart, numbered by their first row', () => {
    expect(fitted.labels).toHaveLength(X.rows);
    expect(numberedByFirstRow(fitted.labels)).toEqual(fitted.labels);
    expect(adjustedRand(fitted.labels, truth)).toBeGreaterThan(0.9);
  });

  it('same data and seed, same bytes; saved and loaded, same labels of new rows', () => {
    const again = clusterer.fit(X, params, {});
    expect(again.labels).toEqual(fitted.labels);
    const bytes = saveModel(clusterer, fitted.model);
    expect(saveModel(clusterer, again.model)).toEqual(bytes);
    const fresh = sampleBlobs(700, 4, 3, 1, 20);
    const found = clusterer.predict(fitted.model, fresh, {});
    expect(clusterer.predict(loadModel(clusterer, bytes), fresh, {})).toEqual(found);
    const beyond = takeRows(
      fresh,
      Int32Array.from({ length: 300 }, (_, at) => 400 + at),
    );
    expect(clusterer.predict(fitted.model, beyond, {})).toEqual(found.slice(400));
    expect(
      adjustedRand(
        found,
        Int32Array.from({ length: 700 }, (_, row) => row % 3),
      ),
    ).toBeGreaterThan(0.9);
    expect(clusterer.predict(fitted.model, takeRows(X, []), {})).toHaveLength(0);
  });

  it('says by what rule new rows are placed, and how near or likely each label is', () => {
    const { labels, values } = clusterer.place(fitted.model, X, {});
    expect(labels).toEqual(clusterer.predict(fitted.model, X, {}));
    expect(clusterer.placing.rule.length).toBeGreaterThan(10);
    const far = clusterer.place(fitted.model, { ...X, data: X.data.map((value) => value + 40) }, {});
    expect(values).toHaveLength(X.rows);
    if (clusterer.placing.value === 'probability') {
      expect(values.every((value) => value > 0 && value <= 1 + 1e-9)).toBe(true);
    } else {
      expect(values.every((value) => value >= 0)).toBe(true);
      expect(far.values.reduce((a, b) => a + b)).toBeGreaterThan(values.reduce((a, b) => a + b));
    }
    // Methods that are defined for new rows give the fitted ones what the fit gave them.
    if (clusterer.placing.natural) expect(labels).toEqual(fitted.labels);
  });

  it('finds the same in rows of another order', () => {
    const order = new Random(3).shuffle(Int32Array.from({ length: X.rows }, (_, row) => row));
    const { labels } = clusterer.fit(takeRows(X, order), params, {});
    expect(
      adjustedRand(
        labels,
        Int32Array.from(order, (row) => fitted.labels[row]),
      ),
    ).toBeGreaterThan(0.97);
  });

  it('tells how far it is, ever farther, and can be given up', () => {
    const told: number[] = [];
    clusterer.fit(X, params, { progress: (done) => told.push(done) });
    expect(told.length).toBeGreaterThan(0);
    expect(told.every((done, at) => done >= (told[at - 1] ?? 0) - 1e-9 && done <= 1 + 1e-9)).toBe(true);
    const stop = () => {
      throw new Error('given up');
    };
    expect(() => clusterer.fit(X, params, { progress: stop })).toThrow('given up');
  });

  it('refuses what is no table of finite numbers', () => {
    expect(codeOf(() => clusterer.fit({ ...X, rows: 7 }, params, {}))).toBe('SHAPE_MISMATCH');
    expect(codeOf(() => clusterer.fit({ rows: 0, columns: 4, data: new Float64Array(0) }, params, {}))).toBe(
      'NOTHING_TO_LEARN',
    );
    const hole = { ...X, data: X.data.with(9, Number.NaN) };
    expect(codeOf(() => clusterer.fit(hole, params, {}))).toBe('INVALID_INPUT');
    const narrow = { rows: 2, columns: 3, data: new Float64Array(6) };
    expect(codeOf(() => clusterer.predict(fitted.model, narrow, {}))).toBe('SHAPE_MISMATCH');
  });

  it('takes rows that are all the same', () => {
    const same = { rows: 50, columns: 3, data: new Float64Array(150).fill(1.5) };
    const { labels, model } = clusterer.fit(same, params, {});
    expect(labels).toHaveLength(50);
    expect(clusterer.predict(model, same, {})).toHaveLength(50);
  });

  it('needs the more memory the more rows there are', () => {
    expect(clusterer.memory(100_000, 20, params)).toBeGreaterThan(clusterer.memory(1000, 20, params));
    expect(clusterer.memory(100_000, 20, params)).toBeLessThan(2 ** 31);
  });
});

describe.each(metrics)('metric of clusters $name', (metric) => {
  const params = metric.params.parse({});
  const score = (labels: Int32Array) => metric.score(X, labels, params, {});

  it('prefers the clouds to any other labels, the same for any numbering and order of rows', () => {
    const { value, rows, interval } = score(truth);
    expect(rows).toBe(undefined);
    expect(interval).toBe(undefined);
    const other = score(new Random(1).shuffle(truth.slice())).value;
    expect(metric.greaterIsBetter ? value > other : value < other).toBe(true);
    expect(score(truth.map((label) => 2 - label)).value / value).toBeCloseTo(1, 12);
    const order = new Random(2).shuffle(Int32Array.from({ length: X.rows }, (_, row) => row));
    const turned = metric.score(
      takeRows(X, order),
      Int32Array.from(order, (row) => truth[row]),
      params,
      {},
    );
    expect(turned.value / value).toBeCloseTo(1, 12);
  });

  it('leaves noise out', () => {
    const part = Int32Array.from({ length: 300 }, (_, row) => row);
    const noisy = truth.map((label, row) => (row < 300 ? label : -1));
    const alone = metric.score(takeRows(X, part), truth.slice(0, 300), params, {});
    expect(score(noisy).value / alone.value).toBeCloseTo(1, 12);
  });

  it('is no number where nothing is clustered', () => {
    expect(score(truth.map(() => -1)).value).toBe(Number.NaN);
  });

  it('says what it means', () => {
    expect(metric.definition).toContain('better');
  });
});
