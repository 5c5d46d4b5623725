import { DomainError } from '../errors.ts';
import { wordsOf } from './feature-groups.ts';

export interface CoordinateColumns {
  readonly latitude: string;
  readonly longitude: string;
}

const LATITUDE = ['lat', 'latitude', 'широта'];
const LONGITUDE = ['lon', 'lng', 'long', 'longitude', 'долгота'];

interface NamedColumn {
  readonly name: string;
  readonly isNumber: boolean;
}

/**
 * The columns of latitude and longitude: those that were named, else those whose names say it.
 * @returns undefined where no pair of columns is called so.
 * @throws DomainError INVALID_INPUT for a named one that is not there or holds texts.
 */
export function findCoordinates(
  columns: readonly NamedColumn[],
  named: { readonly latitude?: string | null | undefined; readonly longitude?: string | null | undefined } = {},
): CoordinateColumns | undefined {
  const find = (wanted: string | null | undefined, words: readonly string[]) => {
    if (wanted == null)
      return columns.find(({ name, isNumber }) => isNumber && wordsOf(name).some((word) => words.includes(word)))?.name;
    if (columns.some(({ name, isNumber }) => name === wanted && isNumber)) return wanted;
    throw new DomainError('INVALID_INPUT', `The data set has no column of numbers ${wanted}`, {
      details: { field: 'geo', column: wanted },
    });
  };
  const latitude = find(named.latitude, LATITUDE);
  const longitude = find(named.longitude, LONGITUDE);
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

/** The column that names a store on a map; a name rather than a number. */
export function nameColumn(names: readonly string[]): string | undefined {
  const order = ['name', 'название', 'title', 'store', 'shop', 'магазин', 'id', 'number', 'code', 'код', 'номер'];
  return order.flatMap((word) => names.filter((name) => wordsOf(name).includes(word)))[0];
}
