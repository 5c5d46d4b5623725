import { describe, expect, test } from 'vitest';
import { chiSquare } from './chi-square.ts';
import {
  chiSquareP,
  gammaUpper,
  kolmogorovP,
  normalCdf,
  normalQuantile,
  twoSidedNormalP,
  twoSidedStudentP,
} from './distributions.ts';
import { jensenShannonDistance } from './jensen-shannon.ts';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { populationStabilityIndex } from './psi.ts';
import { normedWasserstein } from './wasserstein.ts';

/** Expected values are those of the usual tables. */
describe('distribution functions', () => {
  test('normal', () => {
    expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 6);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 7);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 7);
    expect(twoSidedNormalP(5) / 5.733031437583867e-7).toBeCloseTo(1, 5);
  });

  test('gamma and chi-square', () => {
    expect(gammaUpper(0.5, 2)).toBeCloseTo(0.0455002638963584, 9);
    expect(gammaUpper(30, 20)).toBeCloseTo(0.9781822, 6);
    expect(chiSquareP(18.307038053275146, 10)).toBeCloseTo(0.05, 8);
  });

  test('Student, within the few percent of the approximation', () => {
    expect(twoSidedStudentP(2.2281388519649385, 10) / 0.05).toBeCloseTo(1, 1.5);
    expect(twoSidedStudentP(4.586893858702636, 10) / 0.001).toBeCloseTo(1, 1);
    expect(twoSidedStudentP(1.5, Number.POSITIVE_INFINITY)).toBe(twoSidedNormalP(1.5));
  });

  test('Kolmogorov', () => {
    expect(kolmogorovP(1.3580986393225507)).toBeCloseTo(0.05, 6);
    expect(kolmogorovP(0.5)).toBeCloseTo(0.9639452436648751, 6);
  });
});

describe('statistics by Evidently and SciPy', () => {
  const pair = { reference: [10, 20, 30, 40], current: [20, 20, 30, 30], values: [0, 1, 2, 4] };

  test('PSI is the sum of share differences times log ratios', () => {
    expect(populationStabilityIndex(pair)).toBeCloseTo(0.1 * Math.log(2) + 0.1 * Math.log(4 / 3), 12);
  });

  test('PSI fills an empty bin with 0.0001, or a millionth of the smallest share if that is smaller', () => {
    const filled = populationStabilityIndex({ reference: [50, 50, 0], current: [50, 40, 10] });
    expect(filled).toBeCloseTo((0.0001 - 0.1) * Math.log(0.0001 / 0.1) + 0.1 * Math.log(0.5 / 0.4), 12);
    const tiny = populationStabilityIndex({ reference: [99_999, 1, 0], current: [99_999, 1, 0] });
    expect(tiny).toBe(0);
  });

  test('Jensen-Shannon distance with natural logarithms', () => {
    expect(jensenShannonDistance({ reference: [1, 0], current: [0, 1] })).toBeCloseTo(Math.sqrt(Math.LN2), 12);
    const moved =
      0.1 * Math.log(0.1 / 0.15) + 0.2 * Math.log(0.2 / 0.15) + 0.4 * Math.log(0.4 / 0.35) + 0.3 * Math.log(0.3 / 0.35);
    expect(jensenShannonDistance(pair)).toBeCloseTo(Math.sqrt(moved / 2), 12);
    expect(jensenShannonDistance({ reference: [2, 4], current: [1, 2] })).toBe(0);
  });

  test('Wasserstein distance over the standard deviation of the reference', () => {
    // Distribution functions differ by 0.1 from 0 to 1, by 0.1 from 1 to 2 and from 2 to 4.
    const mean = 0.2 + 0.6 + 1.6;
    const deviation = Math.sqrt(0.2 + 1.2 + 6.4 - mean * mean);
    expect(normedWasserstein(pair)).toBeCloseTo((0.1 * 4) / deviation, 12);
    expect(() => normedWasserstein({ reference: [1], current: [1] })).toThrow('values');
  });

  test('Kolmogorov-Smirnov', () => {
    const { statistic, pValue } = kolmogorovSmirnov(pair);
    expect(statistic).toBeCloseTo(0.1, 12);
    expect(pValue).toBeCloseTo(0.6994, 3);
  });

  test('chi-square against the shares of the reference, without categories that it does not have', () => {
    const { statistic, pValue } = chiSquare(pair);
    expect(statistic).toBeCloseTo(10 + 2.5, 12);
    expect(pValue).toBeCloseTo(0.005852, 5);
    expect(chiSquare({ reference: [50, 50, 0], current: [50, 50, 30] })).toEqual({ statistic: 0, pValue: 1 });
  });
});
