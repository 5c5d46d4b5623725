/** Against scikit-learn; test/golden/decomposition.py makes the numbers. */
import { describe, expect, it } from 'vitest';
import { readGolden } from '../../test/golden/read-golden.ts';
import { type Matrix, matrixOf } from '../matrix.ts';
import { factorAnalysis } from './factor-analysis.ts';
import { kernelPca } from './kernel-pca.ts';
import { pca } from './pca.ts';

interface Golden {
  X: number[][];
  pca: { variance: number[]; ratio: number[]; components: number[][]; new: number[][]; ninety: number };
  kernel: { eigenvalues: number[]; fitted: number[][]; new: number[][] };
  factors: { components: number[][]; noise: number[]; loglike: number[]; new: number[][] };
}
const golden = readGolden('decomposition') as Record<string, Golden>;

function expectClose(own: ArrayLike<number>, expected: readonly number[], digits: number): void {
  expect(own.length).toBe(expected.length);
  expected.forEach((value, at) => {
    expect(own[at], `at ${at}`).toBeCloseTo(value, digits);
  });
}

/** Columns of either sign, as one's own first row has it. */
function expectColumns(own: Matrix, expected: readonly number[][], digits: number): void {
  for (let column = 0; column < own.columns; column++) {
    const sign = Math.sign(own.data[column]) * Math.sign(expected[0][column]);
    expected.forEach((row, at) => {
      expect(own.data[at * own.columns + column], `row ${at}, column ${column}`).toBeCloseTo(
        sign * row[column],
        digits,
      );
    });
  }
}

describe.each(Object.entries(golden))('%s', (_, expected) => {
  const X = matrixOf(expected.X);
  const others = matrixOf(expected.X.slice(0, 7).map((row) => row.map((value) => value + 0.25)));

  it.each(['fast', 'reference'] as const)('principal components, signs too, of the %s engine', (engine) => {
    const { model, Z } = pca.fit(X, pca.params.parse({ n_components: X.columns, engine }), {});
    expectClose(model.explained_variance, expected.pca.variance, 9);
    expectClose(model.explained_variance_ratio, expected.pca.ratio, 9);
    expectClose(model.components, expected.pca.components.flat(), 9);
    expectClose(pca.transform(model, others, {}).data, expected.pca.new.flat(), 9);
    expect(Z).toEqual(pca.transform(model, X, {}));
  });

  it('as many components as explain a share, or have a variance of 1', () => {
    const countOf = (n_components: number | 'kaiser') => pca.fit(X, pca.params.parse({ n_components }), {}).Z.columns;
    expect(countOf(0.9)).toBe(expected.pca.ninety);
    expect(countOf('kaiser')).toBe(expected.pca.variance.filter((value) => value >= 1).length);
    expect(countOf(1000)).toBe(X.columns);
  });

  it('kernel PCA', () => {
    const { model, Z } = kernelPca.fit(X, kernelPca.params.parse({ n_components: 4 }), {});
    expectClose(model.eigenvalues, expected.kernel.eigenvalues, 8);
    expectClose(kernelPca.transform(model, X, {}).data, Array.from(Z.data), 9);
    const tenths = { ...Z, rows: 0, data: Z.data.filter((_, at) => Math.floor(at / 4) % 10 === 0) };
    expectColumns(tenths, expected.kernel.fitted, 7);
    expectColumns(kernelPca.transform(model, others, {}), expected.kernel.new, 7);
  });

  it('kernel PCA by as many landmarks as rows is the exact one', () => {
    const { model, Z, approximations } = kernelPca.fit(
      X,
      kernelPca.params.parse({ n_components: 3, exact_rows: 2, n_landmarks: X.rows }),
      {},
    );
    expectClose(model.eigenvalues, expected.kernel.eigenvalues.slice(0, 3), 5);
    const tenths = { ...Z, rows: 0, data: Z.data.filter((_, at) => Math.floor(at / 3) % 10 === 0) };
    expectColumns(tenths, expected.kernel.fitted, 4);
    expect(approximations[0].error).toBeLessThan(1e-5);
    const few = kernelPca.fit(X, kernelPca.params.parse({ exact_rows: 2, n_landmarks: 12 }), {});
    expect(few.approximations[0].error).toBeGreaterThan(1e-3);
    expect(few.approximations[0].error).toBeLessThan(0.5);
  });

  it('factor analysis: loadings, noise, likelihood, posterior means', () => {
    const { model } = factorAnalysis.fit(X, factorAnalysis.params.parse({ n_components: 2 }), {});
    expect(model.loglike.length).toBe(expected.factors.loglike.length);
    model.loglike.forEach((value, at) => {
      expect(value / expected.factors.loglike[at]).toBeCloseTo(1, 9);
    });
    expectClose(model.noise_variance, expected.factors.noise, 7);
    const asColumns = (rows: number[][]) => rows[0].map((_, column) => rows.map((row) => row[column]));
    const loadings = matrixOf(
      asColumns(
        expected.factors.components.map((_, at) => [...model.components.slice(at * X.columns, (at + 1) * X.columns)]),
      ),
    );
    expectColumns(loadings, asColumns(expected.factors.components), 7);
    expectColumns(factorAnalysis.transform(model, others, {}), expected.factors.new, 7);
  });
});
