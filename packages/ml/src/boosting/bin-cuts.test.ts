import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { cutBins } from './bin-cuts.ts';
import { sortFloats } from './sort-floats.ts';

const binOf = (bounds: Float32Array, value: number) => bounds.filter((bound) => bound < value).length;

describe('cutBins', () => {
  it('gives every value a bin of its own where there are few', () => {
    const { bounds, missing } = cutBins(Float32Array.of(3, 1, 1, -2, 3), 255);
    expect([-2, 1, 3].map((value) => binOf(bounds, value))).toEqual([0, 1, 2]);
    expect(bounds.length).toBe(2);
    expect(missing).toBe(false);
    expect(cutBins(Float32Array.of(1, Number.NaN), 255).missing).toBe(true);
    expect(cutBins(new Float32Array(5).fill(Number.NaN), 255).bounds.length).toBe(0);
  });

  it('separates neighbouring floats and infinities', () => {
    const next = new Float32Array(Uint32Array.of(0x3f800001).buffer)[0];
    const { bounds } = cutBins(Float32Array.of(1, next, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY), 255);
    const values = [Number.NEGATIVE_INFINITY, 1, next, Number.POSITIVE_INFINITY];
    expect(values.map((value) => binOf(bounds, value))).toEqual([0, 1, 2, 3]);
  });

  it.each([2, 16, 255])('cuts many values into %i slices of much the same size, heavy values apart', (maxBins) => {
    const random = new Random(1);
    const values = Float32Array.from({ length: 20_000 }, () => (random.uniform() < 0.4 ? 0 : random.normal()));
    const { bounds } = cutBins(values, maxBins);
    expect(bounds.length).toBeLessThan(maxBins);
    expect(bounds.length).toBeGreaterThan(maxBins * 0.8 - 2);
    expect(Array.from(bounds)).toEqual(Array.from(bounds.toSorted()));
    const counts = new Int32Array(maxBins);
    for (const value of values) counts[binOf(bounds, value)]++;
    if (maxBins < 16) return;
    // What is left over before a heavy value, less than half a slice, may join it.
    const heavy = binOf(bounds, 0);
    const zeros = values.filter((value) => value === 0).length;
    expect(counts[heavy] - zeros).toBeLessThan((0.6 * 12_000) / maxBins);
    counts.forEach((count, bin) => {
      if (bin !== heavy) expect(count).toBeLessThan((2.2 * 12_000) / maxBins);
    });
  });
});

describe('sortFloats', () => {
  it('sorts as the library does', () => {
    const random = new Random(2);
    for (const size of [0, 1, 2, 1000]) {
      const values = Float32Array.from({ length: size }, () => random.normal() * 10 ** (random.below(70) - 40));
      values.set([Number.POSITIVE_INFINITY, -0, 0, Number.NEGATIVE_INFINITY, 1e-45].slice(0, size));
      const expected = values.toSorted();
      expect(sortFloats(values)).toEqual(expected);
    }
  });
});
