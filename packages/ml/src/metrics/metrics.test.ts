import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { averagePrecisionAt } from './average-precision.ts';
import { expectedCalibrationError } from './expected-calibration-error.ts';
import { rankInPlace, rankRows } from './group-ranking.ts';
import { logLoss } from './log-loss.ts';
import { meanAveragePrecisionAt } from './mean-average-precision.ts';
import { meanNdcgAt, ndcgAt } from './ndcg.ts';
import { precisionAt } from './precision.ts';
import { rocAuc } from './roc-auc.ts';

describe('averagePrecisionAt', () => {
  it('sums the precision at hits and divides by what could be found', () => {
    expect(averagePrecisionAt([1, 0, 1, 0], 2, 4)).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(averagePrecisionAt([1, 0, 1, 0], 5, 4)).toBeCloseTo((1 + 2 / 3) / 4, 12);
    expect(averagePrecisionAt([0, 1, 1], 2, 2)).toBeCloseTo(1 / 2 / 2, 12);
    expect(averagePrecisionAt([1, 1, 1], 3, 100)).toBe(1);
    expect(averagePrecisionAt([0, 0], 0, 100)).toBe(0);
  });
});

describe('ndcgAt and precisionAt', () => {
  it('discount by rank and count hits', () => {
    expect(ndcgAt([0, 1], 1, 10)).toBeCloseTo(1 / Math.log2(3), 12);
    expect(ndcgAt([1, 1], 2, 10)).toBe(1);
    expect(ndcgAt([0, 0, 1], 1, 2)).toBe(0);
    expect(precisionAt([1, 0, 1, 1], 2)).toBe(0.5);
    expect(precisionAt([1], 4)).toBe(0.25);
  });
});

describe('means over groups', () => {
  it('rank each group for itself and leave out groups without a positive', () => {
    const scores = [1, 2, 9, 8, 7, 5];
    const labels = [1, 0, 0, 0, 1, 0];
    const groups = [0, 2, 4, 6];
    expect(meanAveragePrecisionAt(scores, labels, groups, 10)).toBeCloseTo((1 / 2 + 1) / 2, 12);
    expect(meanNdcgAt(scores, labels, groups, 10)).toBeCloseTo((1 / Math.log2(3) + 1) / 2, 12);
  });
});

describe('rankRows', () => {
  it('sorts as a stable sort does, from any order', () => {
    const random = new Random(2);
    for (const size of [0, 1, 11, 12, 13, 200, 1000]) {
      const keys = Float64Array.from({ length: size }, () => random.below(40));
      const expected = Array.from(keys.keys()).sort((a, b) => keys[b] - keys[a] || a - b);
      expect(Array.from(rankRows(keys, 0, size))).toEqual(expected);
      const order = random.shuffle(Int32Array.from(keys.keys()));
      const stable = Array.from(order).sort((a, b) => keys[b] - keys[a]);
      rankInPlace(keys, order);
      expect(Array.from(order)).toEqual(stable);
    }
  });
});

describe('rocAuc', () => {
  it('is the share of pairs in the right order, ties half', () => {
    const random = new Random(4);
    const scores = Array.from({ length: 300 }, () => random.below(30));
    const labels = scores.map((score) => (random.uniform() < score / 40 ? 1 : 0));
    let right = 0;
    let pairs = 0;
    scores.forEach((a, i) => {
      scores.forEach((b, j) => {
        if (!labels[i] || labels[j]) return;
        pairs++;
        right += a > b ? 1 : a === b ? 0.5 : 0;
      });
    });
    expect(rocAuc(scores, labels)).toBeCloseTo(right / pairs, 12);
    expect(rocAuc([1, 2], [1, 1])).toBe(0.5);
  });
});

describe('probabilities', () => {
  it('logLoss is the mean surprise and stays finite', () => {
    expect(logLoss([0.5, 0.25], [1, 0])).toBeCloseTo((Math.log(2) - Math.log(0.75)) / 2, 12);
    expect(logLoss([0], [1])).toBeGreaterThan(30);
    expect(Number.isFinite(logLoss([0, 1], [1, 0]))).toBe(true);
  });

  it('expectedCalibrationError is near zero for honest probabilities and the bias for biased ones', () => {
    const random = new Random(9);
    const honest = Array.from({ length: 20_000 }, () => random.uniform() * 0.8);
    const labels = honest.map((p) => (random.uniform() < p ? 1 : 0));
    expect(expectedCalibrationError(honest, labels)).toBeLessThan(0.02);
    const biased = honest.map((p) => p + 0.15);
    expect(expectedCalibrationError(biased, labels)).toBeCloseTo(0.15, 1);
  });
});
