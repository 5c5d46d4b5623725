/** Against scikit-learn; test/golden/mixtures.py makes the numbers. */
import { describe, expect, it } from 'vitest';
import { readGolden } from '../../test/golden/read-golden.ts';
import { adjustedRand } from '../cluster-metrics/agreement.ts';
import { matrixOf } from '../matrix.ts';
import { mutualInformation } from '../selection/mutual-information.ts';
import { gaussianMixture, posteriors } from './gaussian-mixture.ts';
import { spectral } from './spectral.ts';

const golden = readGolden('mixtures') as {
  iris: number[][];
  mixtures: Record<
    string,
    {
      means: number[][];
      weights: number[];
      bound: number;
      bic: number;
      aic: number;
      posterior: number[][];
      labels: number[];
      early: { turns: number; bound: number };
    }
  >;
  spectral: Record<string, { X: number[][]; gamma: number; k: number; labels: number[]; neighbours?: number[] }>;
  information: { X: number[][]; labels: number[]; scores: number[] };
};

const expectClose = (own: ArrayLike<number>, expected: readonly number[], digits: number) => {
  expect(own.length).toBe(expected.length);
  expected.forEach((value, at) => {
    expect(own[at], `at ${at}`).toBeCloseTo(value, digits);
  });
};

describe.each(Object.entries(golden.mixtures))('mixture of %s covariances on iris', (covariance_type, expected) => {
  const X = matrixOf(golden.iris);

  it('ends where scikit-learn does', () => {
    const params = gaussianMixture.params.parse({
      n_components: 3,
      covariance_type,
      tol: 1e-9,
      max_iter: 2000,
      seed: 1,
    });
    const { model, labels } = gaussianMixture.fit(X, params, {});
    expect(model.lower_bound).toBeCloseTo(expected.bound, 6);
    expect(model.bic).toBeCloseTo(expected.bic, 3);
    expect(model.aic).toBeCloseTo(expected.aic, 3);
    expectClose(model.means, expected.means.flat(), 3);
    expectClose(model.weights, expected.weights, 4);
    expect(adjustedRand(labels, expected.labels)).toBe(1);
    const others = matrixOf(
      golden.iris.filter((_, row) => row < 100 && row % 7 === 0).map((row) => row.map((x) => x + 0.3)),
    );
    expectClose(posteriors(model, others, {}).data, expected.posterior.flat(), 3);
    expect(gaussianMixture.predict(model, X, {})).toEqual(labels);
  });

  it('stops after as many turns', () => {
    const { model } = gaussianMixture.fit(
      X,
      gaussianMixture.params.parse({ n_components: 3, covariance_type, seed: 1 }),
      {},
    );
    expect(model.n_iter).toBe(expected.early.turns);
    expect(model.lower_bound).toBeCloseTo(expected.early.bound, 6);
    expect(model.converged).toBe(true);
  });
});

describe.each(Object.entries(golden.spectral))('spectral clustering of %s', (_, { X: rows, gamma, k, labels }) => {
  const X = matrixOf(rows);

  it('has the labels of scikit-learn, of the fitted rows as new ones too', () => {
    const { model, labels: own, approximations } = spectral.fit(X, spectral.params.parse({ n_clusters: k, gamma }), {});
    expect(approximations).toEqual([]);
    expect(adjustedRand(own, labels)).toBeGreaterThan(0.98);
    expect(adjustedRand(spectral.predict(model, X, {}), own)).toBeGreaterThan(0.97);
  });

  it('by landmarks it has about the same, and says how far it is off', () => {
    const params = spectral.params.parse({ n_clusters: k, gamma, exact_rows: 2, n_landmarks: 120 });
    const { labels: own, approximations } = spectral.fit(X, params, {});
    expect(adjustedRand(own, labels)).toBeGreaterThan(0.9);
    expect(approximations.map(({ measure }) => measure)).toEqual([
      'relative error of affinities (Frobenius norm)',
      '1 - adjusted Rand index',
    ]);
    expect(approximations[0].error).toBeLessThan(0.2);
    expect(approximations[1].error).toBeLessThan(0.1);
  });
});

it('spectral clustering of the graph of nearest neighbours', () => {
  const { X: rows, k, neighbours = [] } = golden.spectral.moons;
  const X = matrixOf(rows);
  const params = spectral.params.parse({ n_clusters: k, affinity: 'nearest_neighbors' });
  const { model, labels, approximations } = spectral.fit(X, params, {});
  expect(adjustedRand(labels, neighbours)).toBe(1);
  expect(adjustedRand(spectral.predict(model, X, {}), labels)).toBe(1);
  expect(approximations).toEqual([]);
});

it('mutual information of numbers and labels', () => {
  const { X, labels, scores } = golden.information;
  scores.forEach((score, column) => {
    expect(
      mutualInformation(
        Float64Array.from(X, (row) => row[column]),
        labels,
        3,
      ),
    ).toBeCloseTo(score, 6);
  });
});
