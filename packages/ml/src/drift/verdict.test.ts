import { describe, expect, test } from 'vitest';
import { Random } from '../random.ts';
import { clusteredMix } from './clustered-mix.ts';
import { clusteredRatio, differenceVariance } from './clustered-ratio.ts';
import { benjaminiHochberg } from './false-discovery-rate.ts';
import { moderated, naturalChange, naturalDistance } from './natural-variation.ts';
import { normalScores, scoreMoments, scoresOnScale } from './normal-scores.ts';
import { stratifiedDifference } from './stratified-difference.ts';
import { totalVariation } from './total-variation.ts';
import { driftVerdict } from './verdict.ts';

const comparison = (effect: number, pValue: number) => ({ feature: 'f', window: '14', effect, smallest: 0.1, pValue });

describe('verdict', () => {
  test('needs significance and size, and takes every comparison into account', () => {
    expect(driftVerdict([comparison(0.2, 1e-6)]).drifted).toBe(true);
    expect(driftVerdict([comparison(0.2, 0.05)]).drifted).toBe(false);
    expect(driftVerdict([comparison(0.04, 1e-30)]).drifted).toBe(false);
    // The same p-value among a hundred others is what chance would bring.
    const crowd = Array.from({ length: 99 }, () => comparison(0, 0.9));
    expect(driftVerdict([comparison(0.2, 0.005)]).drifted).toBe(true);
    expect(driftVerdict([comparison(0.2, 0.005), ...crowd]).drifted).toBe(false);
  });

  test('score: below a half exactly where there is no drift, growing with the change', () => {
    const scores = [0.01, 0.03, 0.06, 0.1, 0.2, 0.5, -0.8].map(
      (effect) => driftVerdict([comparison(effect, 1e-9)]).score,
    );
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    expect(scores[1]).toBeLessThan(0.5);
    expect(scores[2]).toBeGreaterThan(0.5);
    expect(scores.at(-1)).toBeLessThan(1);
    expect(driftVerdict([comparison(5, 0.2)]).score).toBeLessThan(0.5);
    expect(driftVerdict([comparison(5, 1)]).score).toBe(0);
    expect(driftVerdict([]).score).toBe(0);
  });

  test('Benjamini-Hochberg keeps the order and is monotone', () => {
    const adjusted = benjaminiHochberg([0.01, 0.04, 0.03, 0.005]);
    for (const [index, expected] of [0.02, 0.04, 0.04, 0.02].entries())
      expect(adjusted[index]).toBeCloseTo(expected, 12);
  });
});

describe('clustered estimates', () => {
  test('rows of one client are not independent', () => {
    const random = new Random(4);
    const clients = 400;
    const repeated = 20;
    const y = new Float64Array(clients);
    const n = new Float64Array(clients).fill(repeated);
    for (let u = 0; u < clients; u++) y[u] = repeated * random.normal();
    const { mean, variance } = clusteredRatio({ y, n });
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance));
    // The mean of 8,000 rows is as uncertain as that of 400.
    expect(variance * clients).toBeCloseTo(1, 0.5);
  });

  test('what clients keep from one period to the next cancels in the paired variance', () => {
    const random = new Random(5);
    const clients = 500;
    const own = Float64Array.from({ length: clients }, () => 3 * random.normal());
    const n = new Float64Array(clients).fill(1);
    const noisy = () => ({ y: own.map((value) => value + 0.1 * random.normal()), n });
    const estimate = clusteredRatio(noisy(), noisy());
    expect(estimate.paired).toBeLessThan(estimate.variance / 100);
    expect(differenceVariance(estimate, estimate, 1)).toBe(estimate.paired);
    expect(differenceVariance(estimate, estimate, 0)).toBe(2 * estimate.variance);
  });

  test('the sparse mix equals the dense ratio, category by category', () => {
    const random = new Random(6);
    const clients = 40;
    const categories = 5;
    const entries = Array.from({ length: clients * categories }, (_, key) => ({
      client: Math.floor(key / categories),
      category: key % categories,
      now: random.below(4),
      before: random.below(3),
    }));
    const mix = clusteredMix({
      clients,
      categories,
      client: Int32Array.from(entries, ({ client }) => client),
      category: Int32Array.from(entries, ({ category }) => category),
      now: Float64Array.from(entries, ({ now }) => now),
      before: Float64Array.from(entries, ({ before }) => before),
    });
    for (let k = 0; k < categories; k++) {
      const sums = (period: 'now' | 'before') => {
        const y = new Float64Array(clients);
        const n = new Float64Array(clients);
        for (const entry of entries) {
          n[entry.client] += entry[period];
          if (entry.category === k) y[entry.client] += entry[period];
        }
        return { y, n };
      };
      const dense = clusteredRatio(sums('now'), sums('before'));
      expect(mix.shares[k]).toBeCloseTo(dense.mean, 12);
      expect(mix.variances[k]).toBeCloseTo(dense.variance, 12);
      expect(mix.paired[k]).toBeCloseTo(dense.paired, 12);
    }
  });
});

describe('mixes', () => {
  test('noise alone gives distance about 0 and p-values that are seldom small', () => {
    const random = new Random(7);
    let small = 0;
    let distances = 0;
    for (let run = 0; run < 300; run++) {
      const draw = () => {
        const counts = new Array<number>(30).fill(0);
        for (let i = 0; i < 2000; i++) counts[random.below(30)]++;
        return counts.map((count) => count / 2000);
      };
      const variances = new Array<number>(30).fill((2 * (1 / 30) * (29 / 30)) / 2000);
      const { distance, raw, pValue } = totalVariation(draw(), draw(), variances);
      expect(raw).toBeGreaterThan(0.03);
      distances += distance;
      if (pValue < 0.01) small++;
    }
    expect(distances / 300).toBeLessThan(0.006);
    expect(small).toBeLessThanOrEqual(9);
  });

  test('a real change is seen at its size', () => {
    const reference = [0.5, 0.3, 0.2];
    const { distance, pValue } = totalVariation(reference, [0.4, 0.3, 0.3], [1e-6, 1e-6, 1e-6]);
    expect(distance).toBeCloseTo(0.1, 2);
    expect(pValue).toBeLessThan(1e-12);
  });
});

describe('scores, strata and nature', () => {
  test('a shift of the latent mean reads as standard deviations, whatever the buckets are called', () => {
    const random = new Random(8);
    const levels = [0, 100, 1000, 5000, 10_000];
    const counts = (shift: number) => {
      const found = [0, 0, 0, 0, 0];
      for (let i = 0; i < 40_000; i++)
        found[Math.max(0, Math.min(4, Math.floor(2.5 + 1.2 * (random.normal() + shift))))]++;
      return found;
    };
    const reference = counts(0);
    const { mean, deviation } = scoreMoments(normalScores(reference), reference);
    expect(mean).toBeCloseTo(0, 1);
    const moved = counts(0.3);
    const shift = (scoreMoments(scoresOnScale(levels, levels, reference), moved).mean - mean) / deviation;
    expect(shift).toBeGreaterThan(0.26);
    expect(shift).toBeLessThan(0.33);
    // Levels that the reference never had lie beyond its ends.
    const [below, above] = scoresOnScale([-5, 99_999], levels, reference);
    expect(below).toBeLessThan(normalScores(reference)[0]);
    expect(above).toBeGreaterThan(normalScores(reference)[4]);
  });

  test('another mix of strata is no difference within them', () => {
    const sums = (n: number[], means: number[]) => ({
      n,
      sum: n.map((count, k) => count * means[k]),
      square: n.map((count, k) => count * (means[k] ** 2 + 1)),
    });
    const calm = stratifiedDifference(sums([900, 100], [1, 5]), sums([100, 900], [1, 5]));
    expect(calm.difference).toBeCloseTo(0, 12);
    const moved = stratifiedDifference(sums([900, 100], [1, 5]), sums([100, 900], [1.5, 5.5]));
    expect(moved.difference).toBeCloseTo(0.5, 12);
    expect(moved.variance).toBeCloseTo(1 / 180, 3);
    expect(stratifiedDifference(sums([9, 0], [1, 1]), sums([0, 9], [1, 1])).difference).toBeNaN();
  });

  test('one jump inside the reference is not taken for nature', () => {
    const random = new Random(9);
    const values = Array.from({ length: 10 }, (_, i) => random.normal() + (i === 0 ? 100 : 0));
    const natural = naturalChange(10, (i, j) => values[i] - values[j]);
    expect(natural?.size).toBeLessThan(5);
    expect(naturalChange(3, () => 1)).toBeUndefined();
    expect(naturalDistance(6, () => 0.2)).toEqual({ size: 0.2, spread: 0, degrees: 5 });
    expect(moderated(0, 9, 0.8).deviation).toBeGreaterThan(0.05);
    expect(moderated(undefined, 0, 0.8)).toEqual({ deviation: 0.1, degrees: 10 });
  });
});
