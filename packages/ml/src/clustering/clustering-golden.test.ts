/** Against scikit-learn 1.9.1: test/golden/clustering.py writes what it finds. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readGolden } from '../../test/golden/read-golden.ts';
import { adjustedMutualInformation, adjustedRand, normalizedMutualInformation } from '../cluster-metrics/agreement.ts';
import { dunn } from '../cluster-metrics/dunn.ts';
import { calinskiHarabasz, daviesBouldin, inertia } from '../cluster-metrics/mean-metrics.ts';
import { silhouette } from '../cluster-metrics/silhouette.ts';
import { agglomerative } from './agglomerative.ts';
import { coreDistances } from './core-distances.ts';
import { dbscan } from './dbscan.ts';
import { hdbscan } from './hdbscan.ts';
import { kMeans } from './k-means.ts';
import { fitKMeansFrom } from './k-means-fit.ts';
import { numberedByFirstRow } from './labels.ts';
import { optics } from './optics.ts';
import { growTree } from './spanning-tree.ts';

const labels = z.array(z.int());
const numbers = z.array(z.number());
const runs = z.array(
  z.object({
    params: z.record(z.string(), z.unknown()),
    labels,
    order: labels.optional(),
    reach: z.array(z.number().nullable()).optional(),
  }),
);
const golden = z
  .object({
    tables: z.array(
      z.object({
        name: z.string(),
        columns: z.int(),
        data: numbers,
        k: z.int(),
        eps: z.number(),
        results: z.object({
          kMeans: z.object({ start: numbers, labels, inertia: z.number(), centres: numbers }),
          bestInertia: z.number(),
          dbscan: z.object({ labels, core: z.int() }),
          hdbscan: runs,
          optics: runs,
          agglomerative: z.record(
            z.enum(['ward', 'single', 'complete', 'average']),
            z.object({ labels, heights: numbers }),
          ),
          metrics: z.record(z.string(), z.number()),
          agreement: z.object({
            a: labels,
            b: labels,
            adjustedRand: z.number(),
            normalizedMutualInformation: z.number(),
            adjustedMutualInformation: z.number(),
          }),
        }),
      }),
    ),
  })
  .parse(readGolden('clustering'));

type Run = z.output<typeof runs>[number];

/** HDBSCAN of single rows, with nothing else chosen. */
const isPlain = ({ params }: Run) => params.min_samples === 1 && Object.keys(params).length === 2;

/** Of rows on a grid many distances are equal, and which of them comes first is anybody's choice. */
const hasTies = (name: string) => name === 'grid';

describe.each(golden.tables)('$name', ({ name, columns, data, k, eps, results }) => {
  const X = { rows: data.length / columns, columns, data: Float64Array.from(data) };

  it('k-means from the same rows ends in the same clusters', () => {
    const settings = { ...kMeans.params.parse({ n_clusters: k, tol: 0 }) };
    const found = fitKMeansFrom(X, Float64Array.from(results.kMeans.start), settings, {});
    expect(found.labels).toEqual(Int32Array.from(results.kMeans.labels));
    expect(found.inertia / results.kMeans.inertia).toBeCloseTo(1, 12);
    found.centres.forEach((value, at) => {
      expect(value).toBeCloseTo(results.kMeans.centres[at], 10);
    });
  });

  it.each(['fast', 'reference'] as const)('k-means of the %s engine, of many starts, is as tight', (engine) => {
    const { model } = kMeans.fit(X, kMeans.params.parse({ n_clusters: k, n_init: 50, engine }), {});
    expect(model.inertia / results.bestInertia).toBeLessThan(hasTies(name) ? 1.02 : 1.0005);
  });

  it('DBSCAN', () => {
    const { labels: found, model } = dbscan.fit(X, dbscan.params.parse({ eps, min_samples: 5 }), {});
    expect(found).toEqual(numberedByFirstRow(results.dbscan.labels));
    expect(model.labels.length).toBe(results.dbscan.core);
    expect(dbscan.predict(model, X, {}).filter((label) => label >= 0).length).toBe(
      found.filter((label) => label >= 0).length,
    );
  });

  it.each(results.optics)('OPTICS $params', ({ params, labels: expected, order, reach }) => {
    const { labels: found } = optics.fit(X, optics.params.parse(params), {});
    // Iris has one decimal: distances that are equal but for the last rounding decide the order of visits, and with a limit the labels.
    if (params.max_eps && name === 'iris') expect(adjustedRand(found, expected)).toBeGreaterThan(0.85);
    else expect(found).toEqual(numberedByFirstRow(expected));
    if (params.max_eps || hasTies(name)) return;
    const core = coreDistances(X, Number(params.min_samples), {});
    const plot = growTree(X, { core, mutual: false }, {});
    plot.order.forEach((row, place) => {
      if (name !== 'iris') expect(row).toBe(order?.[place]);
      if (place > 0 && name !== 'iris') expect(plot.reach[place]).toBeCloseTo(reach?.[row] ?? Number.NaN, 9);
    });
  });

  it.each(results.hdbscan)('HDBSCAN $params', ({ params, labels: expected }) => {
    // Cores make many distances equal; scikit-learn sorts them by a method that keeps no order.
    if (hasTies(name)) return;
    const { labels: found } = hdbscan.fit(X, hdbscan.params.parse(params), {});
    const other = numberedByFirstRow(expected);
    const differing = found.filter((label, row) => label !== other[row]).length;
    expect(differing).toBeLessThanOrEqual(params.min_samples === 1 ? 0 : 1);
  });

  it.each(['cluster_selection_method', 'max_cluster_size'])(
    'HDBSCAN: %s makes a difference in the golden labels',
    (own) => {
      if (hasTies(name)) return;
      const [plain, chosen] = [(run: Run) => !(own in run.params) && isPlain(run), (run: Run) => own in run.params].map(
        (wanted) => results.hdbscan.find(wanted)?.labels ?? [],
      );
      expect(plain.length).toBe(chosen.length);
      expect(adjustedRand(plain, chosen)).toBeLessThan(0.95);
    },
  );

  it.each(Object.entries(results.agglomerative))('agglomerative, %s', (linkage, expected) => {
    for (const engine of ['fast', 'reference']) {
      const params = agglomerative.params.parse({ n_clusters: k, linkage, engine });
      const { labels: found, model } = agglomerative.fit(X, params, {});
      if (hasTies(name) && linkage !== 'single') continue;
      if (!(hasTies(name) && engine === 'reference')) expect(found).toEqual(numberedByFirstRow(expected.labels));
      // The reference merges equally near ones of iris in another order.
      if (name === 'iris' && engine === 'reference' && linkage === 'complete') continue;
      model.heights.forEach((height, at) => {
        expect(height).toBeCloseTo(expected.heights[at], 10);
      });
    }
  });

  it.each([silhouette, daviesBouldin, calinskiHarabasz, dunn, inertia])('$title', (metric) => {
    const { value } = metric.score(X, Int32Array.from(results.kMeans.labels), metric.params.parse({}) as never, {});
    expect(value / results.metrics[metric.name]).toBeCloseTo(1, 10);
  });

  it('agreement of two labellings', () => {
    const { a, b } = results.agreement;
    expect(adjustedRand(a, b)).toBeCloseTo(results.agreement.adjustedRand, 12);
    expect(normalizedMutualInformation(a, b)).toBeCloseTo(results.agreement.normalizedMutualInformation, 12);
    expect(adjustedMutualInformation(a, b)).toBeCloseTo(results.agreement.adjustedMutualInformation, 10);
  });
});
