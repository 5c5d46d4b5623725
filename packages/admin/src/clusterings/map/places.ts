import type { Marks } from '../charts/draw-points.ts';
import type { View } from '../charts/window.ts';
import { isObject } from '../create/draft.ts';

export interface Places extends Marks {
  readonly whole: View;
  /** Of each mark, where it is one store. */
  readonly names: readonly string[];
  readonly clusters: readonly { readonly label: number; readonly rows: number }[];
}

/** The features of the service's GeoJSON as marks by longitude and latitude. */
export function placesOf(geojson: unknown): Places {
  const features = isObject(geojson) && Array.isArray(geojson.features) ? geojson.features.filter(isObject) : [];
  const places = features.flatMap(({ geometry, properties }) => {
    const coordinates = isObject(geometry) && Array.isArray(geometry.coordinates) ? geometry.coordinates : [];
    const [x, y] = coordinates.map(Number);
    if (x === undefined || y === undefined) return [];
    const own = isObject(properties) ? properties : {};
    return [
      {
        x,
        y,
        label: Number(own.cluster ?? -1),
        count: Number(own.stores ?? 1),
        name: typeof own.name === 'string' ? own.name : own.index === undefined ? '' : `#${own.index}`,
      },
    ];
  });
  const rows = new Map<number, number>();
  for (const { label, count } of places) rows.set(label, (rows.get(label) ?? 0) + count);
  return {
    x: places.map(({ x }) => x),
    y: places.map(({ y }) => y),
    label: places.map(({ label }) => label),
    count: places.map(({ count }) => count),
    names: places.map(({ name }) => name),
    exact: places.every(({ count }) => count === 1),
    clusters: [...rows].sort(([a], [b]) => a - b).map(([label, count]) => ({ label, rows: count })),
    whole: { x: around(places.map(({ x }) => x)), y: around(places.map(({ y }) => y)) },
  };
}

/** A little more than all of them, and something where all are one. */
function around(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!Number.isFinite(low)) return [-180, 180];
  const margin = 0.04 * (high - low) || 0.01;
  return [low - margin, high + margin];
}
