import { expect, it } from 'vitest';
import { MlError } from '../errors.ts';
import { matrixOf } from '../matrix.ts';
import { Random } from '../random.ts';
import { explainRisk, fitRisk, riskColor, riskParams, riskScores } from './additive-risk.ts';

const random = new Random(4);
const X = matrixOf(Array.from({ length: 200 }, () => Array.from({ length: 5 }, () => 1000 * random.normal())));
const rowAt = (row: number) => X.data.slice(row * 5, row * 5 + 5);

it('scores reach from 0 to 1, and parts add up to them', () => {
  for (const weights of [undefined, Float64Array.of(1, -2, 0, 0.5, 3)]) {
    const model = fitRisk(X, weights);
    const scores = riskScores(model, X);
    expect(Math.min(...scores)).toBe(0);
    expect(Math.max(...scores)).toBe(1);
    let total = 0;
    scores.forEach((score, row) => {
      const { base, contributions, score: explained } = explainRisk(model, rowAt(row));
      const sum = contributions.reduce((all, part) => all + part, base);
      expect(Math.abs(sum - score)).toBeLessThan(1e-9);
      expect(explained).toBe(sum);
      total += score;
      expect(base).toBeCloseTo(explainRisk(model, rowAt(0)).base, 12);
    });
    expect(explainRisk(model, rowAt(0)).base).toBeCloseTo(total / 200, 9);
  }
});

/** Shapley's definition itself: the mean over all orders of what a feature changes, the absent ones at their means. */
it('the closed form is what Shapley defines', () => {
  const model = fitRisk(X, Float64Array.of(1, -2, 0.25, 0.5, 3));
  const row = rowAt(3);
  const score = (present: number) => {
    const mixed = row.map((value, at) => ((present >> at) & 1 ? value : model.means[at]));
    return explainRisk(model, mixed).score;
  };
  const factorial = [1, 1, 2, 6, 24, 120];
  explainRisk(model, row).contributions.forEach((contribution, feature) => {
    let sum = 0;
    for (let present = 0; present < 32; present++) {
      if ((present >> feature) & 1) continue;
      const size = [0, 1, 2, 3, 4].filter((at) => (present >> at) & 1).length;
      sum += ((factorial[size] * factorial[4 - size]) / 120) * (score(present | (1 << feature)) - score(present));
    }
    expect(contribution).toBeCloseTo(sum, 9);
  });
});

it('is 0 where all rows are the same, and cut off beyond the fitted rows', () => {
  const same = matrixOf([
    [1, 2],
    [1, 2],
  ]);
  const flat = fitRisk(same);
  expect(Array.from(riskScores(flat, same))).toEqual([0, 0]);
  expect(explainRisk(flat, Float64Array.of(1, 2))).toEqual({ base: 0, contributions: new Float64Array(2), score: 0 });
  const beyond = matrixOf([new Array(5).fill(1e6), new Array(5).fill(-1e6)]);
  expect(Array.from(riskScores(fitRisk(X), beyond))).toEqual([1, 0]);
});

it('colours by thresholds, the upper side of each included', () => {
  const params = riskParams.parse({});
  expect([0, 0.49, 0.5, 0.74, 0.75, 1].map((score) => riskColor(score, params))).toEqual([
    'green',
    'green',
    'yellow',
    'yellow',
    'red',
    'red',
  ]);
  expect(riskParams.safeParse({ yellow_from: 0.9 }).success).toBe(false);
});

it('refuses weights that do not fit', () => {
  expect(() => fitRisk(X, Float64Array.of(1))).toThrow(MlError);
  expect(() => fitRisk(X, Float64Array.of(1, 2, 3, 4, Number.NaN))).toThrow(MlError);
});
