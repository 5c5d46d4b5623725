import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

const moments = (draw: () => number, count = 40_000) => {
  const values = Array.from({ length: count }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count };
};

describe('Random', () => {
  it('repeats itself for a seed and a stream, and for no other', () => {
    const draw = (seed: number, stream?: number) => {
      const random = new Random(seed, stream);
      return Array.from({ length: 8 }, () => random.uint32());
    };
    expect(draw(5)).toEqual(draw(5));
    const streams = [draw(5), draw(6), draw(5, 1), draw(-5), draw(5 + 2 ** 32), draw(0)];
    expect(new Set(streams.map(String)).size).toBe(streams.length);
  });

  it('has the moments of its distributions', () => {
    const random = new Random(11);
    const within = (found: { mean: number; variance: number }, mean: number, variance: number) => {
      const error = 5 * Math.sqrt(variance / 40_000);
      expect(Math.abs(found.mean - mean)).toBeLessThan(error);
      expect(found.variance / variance).toBeCloseTo(1, 1);
    };
    within(
      moments(() => random.uniform()),
      0.5,
      1 / 12,
    );
    within(
      moments(() => random.normal()),
      0,
      1,
    );
    within(
      moments(() => random.gamma(0.7)),
      0.7,
      0.7,
    );
    within(
      moments(() => random.gamma(9)),
      9,
      9,
    );
    within(
      moments(() => random.poisson(0.8)),
      0.8,
      0.8,
    );
    within(
      moments(() => random.poisson(120)),
      120,
      120,
    );
    within(
      moments(() => random.below(7)),
      3,
      4,
    );
  });

  it('shuffles into every order alike and loses nothing', () => {
    const random = new Random(3);
    const seen = new Map<string, number>();
    for (let turn = 0; turn < 6000; turn++) {
      const order = random.shuffle([1, 2, 3]).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect([...seen.keys()].sort()).toEqual(['123', '132', '213', '231', '312', '321']);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
