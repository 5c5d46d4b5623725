/** Against scikit-learn and NumPy; test/golden/selection.py makes the numbers. */
import { describe, expect, it } from 'vitest';
import { readGolden } from '../../test/golden/read-golden.ts';
import { matrixOf } from '../matrix.ts';
import { correlations, correlationThreshold } from './correlation-threshold.ts';
import { kMeansColumns } from './k-means-columns.ts';
import { mutualInformationColumns } from './mutual-information-columns.ts';
import { topColumns } from './top-columns.ts';
import { varianceThreshold } from './variance-threshold.ts';

interface Golden {
  X: number[][];
  varianceThreshold: { scores: number[]; selected: number[] };
  correlationThreshold: { correlations: number[]; selected: number[] };
  kMeansColumns: number[];
  mutualInformationColumns: number[];
}
const golden = readGolden('selection') as Record<string, Golden>;

function expectClose(own: ArrayLike<number>, expected: readonly number[], digits: number): void {
  expect(own.length).toBe(expected.length);
  expected.forEach((value, at) => {
    expect(own[at], `at ${at}`).toBeCloseTo(value, digits);
  });
}

describe.each(Object.entries(golden))('columns of %s', (_, expected) => {
  const X = matrixOf(expected.X);

  it('by variance', () => {
    const { selected, scores } = varianceThreshold.fit(X, varianceThreshold.params.parse({}), {});
    expectClose(scores, expected.varianceThreshold.scores, 10);
    expect(Array.from(selected)).toEqual(expected.varianceThreshold.selected);
  });

  it('by correlation', () => {
    expectClose(correlations(X, {}), expected.correlationThreshold.correlations, 10);
    const { selected } = correlationThreshold.fit(X, correlationThreshold.params.parse({}), {});
    expect(Array.from(selected)).toEqual(expected.correlationThreshold.selected);
  });

  it.each([
    [
      'means',
      (seed: number) => kMeansColumns.fit(X, kMeansColumns.params.parse({ top_n: 2, seed }), {}),
      expected.kMeansColumns,
    ],
    [
      'information',
      (seed: number) => mutualInformationColumns.fit(X, mutualInformationColumns.params.parse({ top_n: 2, seed }), {}),
      expected.mutualInformationColumns,
    ],
  ] as const)('by what k-means finds: %s', (_, fit, scores) => {
    // Which optimum k-means ends in is a matter of its start; one of ten is that of scikit-learn's fifty.
    const all = Array.from({ length: 10 }, (_, seed) => fit(seed));
    const far = all.map((found) => Math.max(...scores.map((score, at) => Math.abs(found.scores[at] - score))));
    expect(Math.min(...far)).toBeLessThan(1e-6);
    expect(Math.max(...far)).toBeLessThan(0.1 * Math.max(...scores));
    const nearest = all[far.indexOf(Math.min(...far))];
    expect(nearest.selected).toEqual(topColumns(Float64Array.from(scores), 2));
  });
});
