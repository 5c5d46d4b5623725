import { exchangedRows } from './exchanged-rows.ts';
import { haversineKm } from './haversine.ts';

export type CoordinateFault = 'missing' | 'out_of_range' | 'zero';

export interface CheckedCoordinates {
  /** In degrees, exchanged back where `swapped`; NaN in faulty rows. */
  readonly latitudes: Float64Array;
  readonly longitudes: Float64Array;
  /** Both columns are exchanged. */
  readonly swapped: boolean;
  readonly reason: string;
  readonly faults: readonly { readonly row: number; readonly fault: CoordinateFault }[];
  /** Rows whose own two coordinates are likely exchanged; they are left as they are. */
  readonly exchangedRows: readonly number[];
}

const isWithin = (value: number, most: number) => Math.abs(value) <= most;

function faultOf(latitude: number, longitude: number): CoordinateFault | undefined {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return 'missing';
  if (latitude === 0 && longitude === 0) return 'zero';
  return isWithin(latitude, 90) && isWithin(longitude, 180) ? undefined : 'out_of_range';
}

const countOf = (latitudes: Float64Array, longitudes: Float64Array): number => {
  let count = 0;
  for (let row = 0; row < latitudes.length; row++) {
    if (faultOf(latitudes[row], longitudes[row]) === 'out_of_range') count++;
  }
  return count;
};

/** Mean distance of the places from a known one, of those that are places. */
function meanKm(latitudes: Float64Array, longitudes: Float64Array, near: readonly [number, number]): number {
  let [sum, count] = [0, 0];
  for (let row = 0; row < latitudes.length; row++) {
    if (faultOf(latitudes[row], longitudes[row])) continue;
    sum += haversineKm(latitudes[row], longitudes[row], ...near);
    count++;
  }
  return count > 0 ? sum / count : Number.POSITIVE_INFINITY;
}

/**
 * Finds exchanged columns by range alone where it tells: a latitude beyond 90 degrees is none. Where it does not (Russia's west has
 * both below 90), a place that the stores are known to be around decides, if given.
 * @param near latitude and longitude in degrees, such as of the country's middle.
 */
export function checkCoordinates(
  latitudes: Float64Array,
  longitudes: Float64Array,
  near?: readonly [number, number],
): CheckedCoordinates {
  const asGiven = countOf(latitudes, longitudes);
  const exchanged = countOf(longitudes, latitudes);
  let swapped = exchanged < asGiven / 2;
  let reason = swapped
    ? `${asGiven} rows are no places as the columns are named, ${exchanged} if they are exchanged`
    : 'the columns are as they are named';
  if (!swapped && asGiven === exchanged && near) {
    const [given, other] = [meanKm(latitudes, longitudes, near), meanKm(longitudes, latitudes, near)];
    swapped = other < given / 2;
    if (swapped)
      reason = `exchanged, the places are ${Math.round(other)} km from the given one on average, not ${Math.round(given)}`;
  }
  const [north, east] = swapped ? [longitudes.slice(), latitudes.slice()] : [latitudes.slice(), longitudes.slice()];
  const suspected = exchangedRows(north, east);
  const faults: { row: number; fault: CoordinateFault }[] = [];
  for (let row = 0; row < north.length; row++) {
    const fault = faultOf(north[row], east[row]);
    if (!fault) continue;
    faults.push({ row, fault });
    north[row] = Number.NaN;
    east[row] = Number.NaN;
  }
  return { latitudes: north, longitudes: east, swapped, reason, faults, exchangedRows: suspected };
}
