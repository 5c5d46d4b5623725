import { describe, expect, it } from 'vitest';
import { MlError } from '../errors.ts';
import { expectedCalibrationError } from '../metrics/expected-calibration-error.ts';
import { Random } from '../random.ts';
import { fitPlatt, plattParams, plattProbability } from './platt.ts';

const params = plattParams.parse({});

describe('fitPlatt', () => {
  it('finds the sigmoid that labels were drawn from', () => {
    const random = new Random(1);
    const scores = Float64Array.from({ length: 20_000 }, () => 40 + 7 * random.normal());
    const labels = scores.map((score) => (random.uniform() < 1 / (1 + Math.exp(-(0.3 * score - 15))) ? 1 : 0));
    const model = fitPlatt(scores, labels, params);
    expect(model.slope).toBeCloseTo(0.3, 1);
    expect(model.intercept / model.slope).toBeCloseTo(-50, -0.3);
    const probabilities = scores.map((score) => plattProbability(model, score));
    expect(expectedCalibrationError(probabilities, labels)).toBeLessThan(0.01);
  });

  it('keeps the order of scores strict, with few positives, separated ones, wrong ones and none', () => {
    const scores = Float64Array.from({ length: 1000 }, (_, at) => at / 100);
    for (const isPositive of [
      (at: number) => at === 999,
      (at: number) => at >= 500,
      (at: number) => at < 3,
      () => false,
    ]) {
      const model = fitPlatt(
        scores,
        Uint8Array.from(scores, (_, at) => (isPositive(at) ? 1 : 0)),
        params,
      );
      let before = 0;
      for (const score of scores) {
        const probability = plattProbability(model, score);
        expect(probability).toBeGreaterThan(before);
        expect(probability).toBeLessThan(1);
        before = probability;
      }
    }
  });

  it('smooths: one positive of three does not become certain', () => {
    const model = fitPlatt([0, 1, 10], [0, 0, 1], params);
    expect(plattProbability(model, 10)).toBeLessThan(0.7);
    expect(plattProbability(model, 0)).toBeGreaterThan(0.2);
  });

  it('copes with scores that are all the same and with huge ones, and refuses none', () => {
    expect(plattProbability(fitPlatt([2, 2, 2, 2], [1, 0, 0, 0], params), 2)).toBeCloseTo((2 / 3 + 3 / 5) / 4, 3);
    const huge = fitPlatt([1e12, 2e12, 3e12, 4e12], [0, 0, 1, 1], params);
    expect(plattProbability(huge, 4e12)).toBeGreaterThan(plattProbability(huge, 1e12));
    expect(() => fitPlatt([], [], params)).toThrow(MlError);
    expect(() => fitPlatt([Number.NaN], [1], params)).toThrow(MlError);
  });
});
