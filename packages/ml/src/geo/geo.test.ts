import { expect, it } from 'vitest';
import { checkCoordinates } from './coordinates.ts';
import { haversineKm, unitVectors } from './haversine.ts';

const MOSCOW = [55.7558, 37.6173] as const;
const SAINT_PETERSBURG = [59.9343, 30.3351] as const;

it('distances on the sphere', () => {
  expect(haversineKm(...MOSCOW, ...SAINT_PETERSBURG)).toBeCloseTo(633, 0);
  expect(haversineKm(0, 0, 0, 180)).toBeCloseTo(Math.PI * 6371.0088, 6);
  expect(haversineKm(10, 179.5, 10, -179.5)).toBeLessThan(111.2);
  expect(haversineKm(...MOSCOW, ...MOSCOW)).toBe(0);
  const [x, y, z, a, b, c] = unitVectors(
    Float64Array.of(MOSCOW[0], SAINT_PETERSBURG[0]),
    Float64Array.of(MOSCOW[1], SAINT_PETERSBURG[1]),
  );
  const chord = Math.hypot(x - a, y - b, z - c);
  expect(2 * 6371.0088 * Math.asin(chord / 2)).toBeCloseTo(haversineKm(...MOSCOW, ...SAINT_PETERSBURG), 6);
});

it('exchanged columns are found by their range, or by what is near', () => {
  const north = Float64Array.of(43.1, 55.7, 52.3, 53.2, 0, Number.NaN);
  const east = Float64Array.of(131.9, 37.6, 104.3, 50.1, 0, 20);
  const right = checkCoordinates(north, east);
  expect(right.swapped).toBe(false);
  expect(right.faults).toEqual([
    { row: 4, fault: 'zero' },
    { row: 5, fault: 'missing' },
  ]);
  const wrong = checkCoordinates(east, north);
  expect(wrong.swapped).toBe(true);
  expect(wrong.latitudes.slice(0, 4)).toEqual(north.slice(0, 4));
  // 60 N 30 E and 30 N 60 E are both places.
  const [a, b] = [Float64Array.of(59.9, 58.6), Float64Array.of(30.3, 31.3)];
  expect(checkCoordinates(b, a).swapped).toBe(false);
  expect(checkCoordinates(b, a, MOSCOW).swapped).toBe(true);
  expect(checkCoordinates(a, b, MOSCOW).swapped).toBe(false);
});
