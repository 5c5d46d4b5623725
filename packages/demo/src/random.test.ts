import { expect, it } from 'vitest';
import { Random, uniformOf } from './random.ts';

it('repeats for the same key and differs for another', () => {
  const draw = (...key: number[]): number[] => {
    const random = new Random(...key);
    return Array.from({ length: 20 }, () => random.next());
  };
  expect(draw(1, 2)).toEqual(draw(1, 2));
  expect(draw(1, 2)).not.toEqual(draw(2, 1));
});

it('draws uniform and normal numbers with the right moments', () => {
  const random = new Random(5);
  const count = 50_000;
  let [uniform, normal, square] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    uniform += random.next() / count;
    const value = random.normal();
    normal += value / count;
    square += value ** 2 / count;
  }
  expect(uniform).toBeCloseTo(0.5, 2);
  expect(normal).toBeCloseTo(0, 1.5);
  expect(square).toBeCloseTo(1, 1.5);
});

it('hashes keys evenly', () => {
  const buckets = new Array<number>(10).fill(0);
  for (let i = 0; i < 20_000; i++) {
    const bucket = Math.floor(10 * uniformOf(3, 4, i));
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  for (const count of buckets) expect(Math.abs(count - 2000)).toBeLessThan(200);
});
