import type { Marks } from '../charts/draw-points.ts';
import type { View } from '../charts/window.ts';
import { isObject } from '../create/draft.ts';

export interface Places extends Marks {
  readonly whole: View;
  /** Of each mark, where it is one store. */
  readonly names: readonly string[];
  /** Row of each mark, where it is one store. */
  readonly rows: readonly (number | undefined)[];
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
        row: typeof own.index === 'number' ? own.index : undefined,
        name: typeof own.name === 'string' ? own.name : own.index === undefined ? '' : `#${own.index}`,
      },
    ];
  });
  const sizes = new Map<number, number>();
  for (const { label, count } of places) sizes.set(label, (sizes.get(label) ?? 0) + count);
  return {
    x: places.map(({ x }) => x),
    y: places.map(({ y }) => y),
    label: places.map(({ label }) => label),
    count: places.map(({ count }) => count),
    names: places.map(({ name }) => name),
    rows: places.map(({ row }) => row),
    exact: places.every(({ count }) => count === 1),
    clusters: [...sizes].sort(([a], [b]) => a - b).map(([label, rows]) => ({ label, rows })),
    whole: { x: around(places.map(({ x }) => x)), y: around(places.map(({ y }) => y)) },
  };
}

/** Degrees around a place that one wants to see. */
const NEAR = 0.5;

/** The part of the map around the mark of a row; undefined where no mark is that row alone. */
export function viewOfRow({ rows, x, y }: Pick<Places, 'rows' | 'x' | 'y'>, row: number): View | undefined {
  const at = rows.indexOf(row);
  const [longitude, latitude] = [x[at], y[at]];
  if (longitude === undefined || latitude === undefined) return undefined;
  return { x: [longitude - NEAR, longitude + NEAR], y: [latitude - NEAR, latitude + NEAR] };
}

/** `37.5° E`; the sides are those of east or north, and of what is across. */
export function degrees(value: number, digits: number, [positive, negative]: readonly [string, string]): string {
  const side = value === 0 ? '' : ` ${value > 0 ? positive : negative}`;
  return `${Math.abs(value).toFixed(digits)}°${side}`;
}

/** A little more than all of them, and something where all are one. */
function around(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!Number.isFinite(low)) return [-180, 180];
  const margin = 0.04 * (high - low) || 0.01;
  return [low - margin, high + margin];
}
