import { expect, it } from 'vitest';
import { Random } from '../random.ts';
import { haversineKm } from './haversine.ts';
import { PlaceTree } from './place-tree.ts';

/** Towns, the poles, both sides of the date line, and places of several stores. */
function places(count: number) {
  const random = new Random(5);
  const north = Float64Array.from({ length: count }, () => -90 + 180 * random.uniform());
  const east = Float64Array.from({ length: count }, () => -180 + 360 * random.uniform());
  for (let at = 0; at < count / 2; at++) {
    north[at] = 55 + 0.3 * random.uniform();
    east[at] = at % 3 === 0 ? 179.9 + 0.09 * random.uniform() : 37 + 0.3 * random.uniform();
  }
  [north[3], east[3]] = [north[4], east[4]];
  [north[5], east[5]] = [90, 12];
  [north[6], east[6]] = [Number.NaN, 12];
  return { north, east };
}

it('finds the nearest place and counts those around as comparing all pairs does', () => {
  const { north, east } = places(400);
  const tree = new PlaceTree(north, east);
  const km = (a: number, b: number) => haversineKm(north[a], east[a], north[b], east[b]);
  for (let row = 0; row < 400; row++) {
    if (row === 6) continue;
    const others = Array.from({ length: 400 }, (_, at) => at).filter((at) => at !== row && at !== 6);
    expect(tree.nearestKm(row)).toBeCloseTo(Math.min(...others.map((other) => km(row, other))), 9);
    for (const radius of [0.5, 20, 3000, 25_000])
      expect(tree.countWithin(row, radius)).toBe(others.filter((other) => km(row, other) <= radius).length);
  }
  expect(tree.nearestKm(3)).toBe(0);
  expect([tree.nearestKm(6), tree.countWithin(6, 10)]).toEqual([Number.NaN, Number.NaN]);
  expect(new PlaceTree(Float64Array.of(1), Float64Array.of(2)).nearestKm(0)).toBe(Number.NaN);
});
