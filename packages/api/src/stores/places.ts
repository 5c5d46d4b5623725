/** Coordinates of a table's rows, and what they tell of each. */
import { type CheckedCoordinates, checkCoordinates } from '@kindred/ml/geo/coordinates.ts';
import { PlaceTree } from '@kindred/ml/geo/place-tree.ts';
import type { Column } from '@kindred/ml/preprocessing/table.ts';
import { DomainError } from '../errors.ts';
import type { UploadedColumns } from '../uploads/columnar/open-table.ts';
import { type CoordinateColumns, findCoordinates } from './find-coordinates.ts';
import { type GeoParams, NEAREST_KM, STORES_WITHIN } from './geo-params.ts';

export interface Places {
  readonly columns: CoordinateColumns;
  readonly checked: CheckedCoordinates;
  /** As the table has them. */
  readonly given: { readonly latitudes: Float64Array; readonly longitudes: Float64Array };
}

/** @param exchanged what the caller says; the check may still find that it is the other way round. */
export async function readPlaces(
  table: UploadedColumns,
  named: Partial<Pick<GeoParams, 'latitude' | 'longitude' | 'exchanged'>> = {},
): Promise<Places | undefined> {
  const isNumber = (type: string) => type === 'integer' || type === 'number';
  const columns = findCoordinates(
    table.columns.map(({ name, type }) => ({ name, isNumber: isNumber(type) })),
    named,
  );
  if (!columns) return undefined;
  const [first, second] = [await table.numbers(columns.latitude), await table.numbers(columns.longitude)];
  const checked = named.exchanged ? checkCoordinates(second, first) : checkCoordinates(first, second);
  return { columns, checked, given: { latitudes: first, longitudes: second } };
}

/**
 * Features of where each store is among all stores of the table; NaN where a coordinate is faulty.
 * @throws DomainError INVALID_INPUT without coordinates, or where they are exchanged and nobody has said so.
 */
export function geoColumns(columns: readonly Column[], params: GeoParams): Column[] {
  const found = requireCoordinates(
    columns.map(({ name, categories }) => ({ name, isNumber: categories === undefined })),
    params,
  );
  const named = (name: string) => columns.find((column) => column.name === name);
  const [latitude, longitude] = [named(found.latitude), named(found.longitude)];
  if (!latitude || !longitude) throw nowhere();
  const [north, east] = params.exchanged ? [longitude, latitude] : [latitude, longitude];
  const checked = checkCoordinates(north.values, east.values);
  if (checked.swapped) {
    const say = params.exchanged ? 'false' : 'true';
    throw wrong(
      `${north.name} and ${east.name} look exchanged (${checked.reason}); if they are, say geo.exchanged: ${say}`,
    );
  }
  const tree = new PlaceTree(checked.latitudes, checked.longitudes);
  const { nearest_store, within_km } = params;
  const of = (name: string, value: (row: number) => number): Column => ({
    name,
    values: Float64Array.from(checked.latitudes, (_, row) => value(row)),
  });
  return [
    ...(nearest_store ? [of(NEAREST_KM, (row) => tree.nearestKm(row))] : []),
    ...(within_km === null ? [] : [of(STORES_WITHIN, (row) => tree.countWithin(row, within_km))]),
  ];
}

/** Names of the columns that `geoColumns` gives. */
export const geoNames = ({ nearest_store, within_km }: GeoParams): readonly string[] => [
  ...(nearest_store ? [NEAREST_KM] : []),
  ...(within_km === null ? [] : [STORES_WITHIN]),
];

/** @throws DomainError INVALID_INPUT without columns of coordinates. */
export function requireCoordinates(
  columns: Parameters<typeof findCoordinates>[0],
  params: GeoParams,
): CoordinateColumns {
  const found = findCoordinates(columns, params);
  if (!found) throw nowhere();
  return found;
}

const nowhere = () =>
  wrong('No columns are named as latitude and longitude; say which they are by geo.latitude and geo.longitude');

const wrong = (message: string) => new DomainError('INVALID_INPUT', message, { details: { field: 'geo' } });
