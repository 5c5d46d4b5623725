import { describe, expect, it } from 'vitest';
import { averagePrecisionAt } from '../metrics/average-precision.ts';
import { ndcgAt } from '../metrics/ndcg.ts';
import { Random } from '../random.ts';
import { createKernel } from './compiled-kernel.ts';
import { lambdas } from './lambda-gradients.ts';

/** The definition, pair by pair: sigmoid times the change of the metric when the two rows really swap. */
function byDefinition(scores: Float64Array, labels: Uint8Array, k: number, metric: typeof ndcgAt, normalize: boolean) {
  const order = Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a]);
  const gradients = new Float64Array(scores.length);
  const hessians = new Float64Array(scores.length);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const hits = order.map((row) => labels[row]);
  let total = 0;
  for (let i = 0; i < Math.min(k, order.length); i++) {
    for (let j = i + 1; j < order.length; j++) {
      if (hits[i] === hits[j]) continue;
      const swapped = [...hits];
      [swapped[i], swapped[j]] = [hits[j], hits[i]];
      let change = Math.abs(metric(hits, positives, k) - metric(swapped, positives, k));
      if (normalize) change /= 0.01 + scores[order[i]] - scores[order[j]];
      const [high, low] = hits[i] ? [order[i], order[j]] : [order[j], order[i]];
      const p = 1 / (1 + Math.exp(scores[high] - scores[low]));
      gradients[high] -= p * change;
      gradients[low] += p * change;
      hessians[high] += p * (1 - p) * change;
      hessians[low] += p * (1 - p) * change;
      total += 2 * p * change;
    }
  }
  const factor = normalize && total > 0 ? Math.log2(1 + total) / total : 1;
  return { gradients: gradients.map((g) => g * factor), hessians: hessians.map((h) => h * factor) };
}

/** NDCG with LightGBM's discounts: ranks beyond the truncation still count in the change of a swap. */
const untruncated: typeof ndcgAt = (hits, positives, k) =>
  (ndcgAt(hits, positives, hits.length) * idealRatio(positives, hits.length)) / idealRatio(positives, k);
const idealRatio = (positives: number, k: number) =>
  Array.from({ length: Math.min(positives, k) }, (_, at) => 1 / Math.log2(at + 2)).reduce((sum, gain) => sum + gain, 0);

describe('lambdas', () => {
  it.each([
    ['ndcg', true],
    ['ndcg', false],
    ['map', true],
    ['map', false],
  ] as const)('%s equals the sum over swapped pairs, normalised: %s', (metric, normalize) => {
    const random = new Random(1);
    const sizes = [1, 2, 9, 40, 25];
    const groups = Int32Array.from([0, 1, 3, 12, 52, 77]);
    const scores = Float64Array.from({ length: 77 }, () => 2 * random.normal());
    const labels = Uint8Array.from(scores, () => (random.uniform() < 0.3 ? 1 : 0));
    const gradients = new Float64Array(77);
    const hessians = new Float64Array(77);
    const settings = { metric, truncation: 7, normalize, seed: 1 };
    lambdas(labels, groups, undefined, settings, createKernel).derivatives(scores, gradients, hessians);
    sizes.forEach((size, group) => {
      const slice = <T extends Float64Array | Uint8Array>(array: T) =>
        array.slice(groups[group], groups[group] + size) as T;
      const measure = metric === 'ndcg' ? untruncated : averagePrecisionAt;
      const expected = byDefinition(slice(scores), slice(labels), 7, measure, normalize);
      slice(gradients).forEach((g, at) => {
        expect(g).toBeCloseTo(expected.gradients[at], 10);
      });
      slice(hessians).forEach((h, at) => {
        expect(h).toBeCloseTo(expected.hessians[at], 10);
      });
    });
  });

  it('stays finite where scores are far apart, and pulls nothing in groups of one class', () => {
    const scores = Float64Array.from([-5000, 5000, 3, 4]);
    const gradients = new Float64Array(4).fill(9);
    const hessians = new Float64Array(4).fill(9);
    const settings = { metric: 'ndcg', truncation: 10, normalize: true, seed: 1 } as const;
    lambdas(Uint8Array.from([1, 0, 1, 1]), [0, 2, 4], undefined, settings, createKernel).derivatives(
      scores,
      gradients,
      hessians,
    );
    expect([...gradients, ...hessians].every(Number.isFinite)).toBe(true);
    expect(gradients[0]).toBeLessThan(0);
    expect(gradients[1]).toBeGreaterThan(0);
    expect(Array.from(gradients.subarray(2))).toEqual([0, 0]);
    expect(Array.from(hessians.subarray(2))).toEqual([0, 0]);
  });
});
