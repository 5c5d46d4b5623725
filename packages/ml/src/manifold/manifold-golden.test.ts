/** Against scikit-learn (t-SNE) and umap-learn (UMAP); test/golden/manifold.py makes the numbers. */
import { describe, expect, it } from 'vitest';
import { readGolden } from '../../test/golden/read-golden.ts';
import type { Matrix } from '../matrix.ts';
import { nearestNeighbors } from '../neighbors/nearest-neighbors.ts';
import { fitCurve } from './curve-fit.ts';
import { fuzzyGraph, memberships } from './fuzzy-graph.ts';
import { laplacianVectors } from './laplacian-vectors.ts';
import { jointProbabilities } from './perplexity.ts';
import type { SparseGraph } from './sparse-graph.ts';
import { tSne } from './t-sne.ts';
import { descendTsne } from './t-sne-descent.ts';
import { trustworthiness } from './trustworthiness.ts';
import { umap } from './umap.ts';

interface Entries {
  rows: number[];
  columns: number[];
  values: number[];
}
interface Golden {
  columns: number;
  data: number[];
  new: number[];
  tSne: {
    perplexity: number;
    P: Entries;
    places: number[];
    divergence: number;
    gradient: number[];
    end: { divergence: number; trustworthiness: number };
  };
  umap: {
    neighbors: number;
    graph: Entries;
    ties: number[];
    laplacian: { values: number[]; vectors: number[] };
    trustworthiness: number[];
  };
}
const { tables, curves } = readGolden('manifold') as {
  tables: Record<string, Golden>;
  curves: { min_dist: number; spread: number; ab: [number, number] }[];
};

const tableOf = (data: number[], columns: number): Matrix => ({
  rows: data.length / columns,
  columns,
  data: Float64Array.from(data),
});

/** The same entries, each within `tolerance`; those below it may be absent on one side: the peers reckon in f32. */
function expectEntries(graph: SparseGraph, expected: Entries, tolerance: number): void {
  const own = new Map<number, number>();
  for (let row = 0; row < graph.rows; row++)
    for (let at = graph.offsets[row]; at < graph.offsets[row + 1]; at++)
      own.set(row * graph.rows + graph.columns[at], graph.values[at]);
  expected.values.forEach((value, at) => {
    const place = expected.rows[at] * graph.rows + expected.columns[at];
    const found = own.get(place) ?? 0;
    own.delete(place);
    expect(Math.abs(found - value), `row ${expected.rows[at]}, column ${expected.columns[at]}`).toBeLessThan(tolerance);
  });
  for (const value of own.values()) expect(value).toBeLessThan(tolerance);
}

const largest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe.each(Object.entries(tables))('%s', (_, golden) => {
  const X = tableOf(golden.data, golden.columns);
  const trust = (Z: Matrix) => trustworthiness(X, Z, { n_neighbors: 10 }, {}).value;

  describe('t-SNE', () => {
    const { perplexity, P: expected, places, divergence, gradient, end } = golden.tSne;
    const P = jointProbabilities(nearestNeighbors(X, Math.floor(3 * perplexity + 1), {}), X.rows, perplexity);
    const start: Matrix = { rows: X.rows, columns: 2, data: Float64Array.from(places) };

    it('takes rows to be as near each other as scikit-learn, at this perplexity', () => {
      expectEntries(P, expected, 2e-5 * largest(expected.values));
      expect(P.values.reduce((sum, value) => sum + value)).toBeCloseTo(1, 12);
    });

    it('has the divergence and the gradient of the same places', () => {
      const still = descendTsne(P, start, { iterations: 0, exaggeration: 1, rate: 1, angle: 0 }, {});
      expect(still.divergence).toBeCloseTo(divergence, 4);
      // The first step goes 0.8 rates against the gradient: gains begin at 1, and shrink where the direction is no other than before.
      const step = descendTsne(P, start, { iterations: 1, exaggeration: 1, rate: 100, angle: 0 }, {});
      const scale = largest(gradient);
      gradient.forEach((value, at) => {
        const own = (start.data[at] - step.Z.data[at]) / 80;
        expect(Math.abs(own - value) / scale, `number ${at}`).toBeLessThan(2e-4);
      });
    });

    it('ends as low and as true to the neighbours', () => {
      const { model, Z } = tSne.fit(X, tSne.params.parse({ perplexity }), {});
      expect(model.divergence).toBeLessThan(end.divergence * 1.05);
      expect(model.divergence).toBeGreaterThan(end.divergence * 0.8);
      expect(trust(Z)).toBeGreaterThan(end.trustworthiness - 0.01);
    });
  });

  describe('UMAP', () => {
    const { neighbors, graph: expected, ties, laplacian, trustworthiness: theirs } = golden.umap;
    const graph = fuzzyGraph(nearestNeighbors(X, neighbors - 1, {}), X.rows);

    it('ties rows together as strongly as umap-learn', () => {
      expectEntries(graph, expected, 1e-4);
    });

    it('ties new rows to fitted ones as strongly', () => {
      const queries = tableOf(golden.new, golden.columns);
      const found = nearestNeighbors(X, neighbors, {}, { queries });
      const own = memberships(found, queries.rows, 0);
      expect(own.length).toBe(ties.length);
      ties.forEach((value, at) => {
        expect(Math.abs(own[at] - value), `tie ${at}`).toBeLessThan(1e-4);
      });
    });

    it("starts from the graph's Laplacian", () => {
      const own = laplacianVectors(graph, 2, 0, {}) ?? new Float64Array(0);
      expect(own.length).toBe(2 * X.rows);
      // Where the least value comes twice the graph is of parts, and any mixture of their vectors is one.
      const [, second, third, fourth] = laplacian.values;
      for (const [column, near, far] of [
        [0, second - laplacian.values[0], third - second],
        [1, third - second, fourth - third],
      ]) {
        if (Math.min(near, far) < 1e-3) continue;
        let dot = 0;
        let square = 0;
        for (let row = 0; row < X.rows; row++) {
          dot += own[2 * row + column] * laplacian.vectors[2 * row + column];
          square += own[2 * row + column] ** 2;
        }
        expect(Math.abs(dot) / Math.sqrt(square)).toBeCloseTo(1, 4);
      }
    });

    it.each(['fast', 'reference'] as const)('lays rows out as true to their neighbours, by the %s engine', (engine) => {
      const own = [0, 1, 2].map((seed) =>
        trust(umap.fit(X, umap.params.parse({ n_components: 2, n_neighbors: neighbors, seed, engine }), {}).Z),
      );
      expect(Math.min(...own)).toBeGreaterThan(Math.min(...theirs) - 0.015);
    });
  });
});

it.each(curves)('the curve of min_dist $min_dist and spread $spread is that of umap-learn', (curve) => {
  const { a, b } = fitCurve(curve.min_dist, curve.spread);
  expect(a / curve.ab[0]).toBeCloseTo(1, 5);
  expect(b / curve.ab[1]).toBeCloseTo(1, 5);
});
