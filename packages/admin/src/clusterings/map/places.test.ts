import { expect, it } from 'vitest';
import { degrees, placesOf, viewOfRow } from './places.ts';

const feature = (coordinates: readonly number[], properties: object) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates },
  properties,
});

it('makes marks of stores, and of cells of many', () => {
  const places = placesOf({
    type: 'FeatureCollection',
    features: [
      feature([37.6, 55.7], { index: 3, name: 'Moscow 1', cluster: 1 }),
      feature([30.3, 59.9], { stores: 40, cluster: 0 }),
    ],
  });
  expect(places).toMatchObject({ x: [37.6, 30.3], label: [1, 0], count: [1, 40], exact: false });
  expect(viewOfRow(places, 3)?.x).toEqual([37.6 - 0.5, 37.6 + 0.5]);
  expect(viewOfRow(places, 4)).toBe(undefined);
  expect(places.names).toEqual(['Moscow 1', '']);
  expect(places.clusters).toEqual([
    { label: 0, rows: 40 },
    { label: 1, rows: 1 },
  ]);
  expect(places.whole.x[0]).toBeLessThan(30.3);
  expect(places.whole.y[1]).toBeGreaterThan(59.9);
});

it('has a plane for a single place, and for none', () => {
  const [low, high] = placesOf({ features: [feature([10, 20], { index: 0, cluster: 0 })] }).whole.x;
  expect(high - low).toBeGreaterThan(0);
  expect(placesOf(undefined).whole.x).toEqual([-180, 180]);
});

it.each([
  [37.5, 1, '37.5° E'],
  [-70, 0, '70° W'],
  [0, 0, '0°'],
] as const)('writes %d as degrees of a side', (value, digits, text) => {
  expect(degrees(value, digits, ['E', 'W'])).toBe(text);
});
