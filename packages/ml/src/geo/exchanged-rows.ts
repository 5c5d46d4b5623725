import { quantile } from '../preprocessing/quantile.ts';
import { PlaceTree } from './place-tree.ts';

/** So many robust standard deviations from the middle is away from the bulk. */
const FAR = 3;
/** A place with less than this share of another's distance from the middle is well nearer to it. */
const NEAR_SHARE = 0.6;
/** In degrees: a table of one town has a spread of almost none. */
const LEAST_SPREAD = 0.25;
/** As many times nearer to the bulk than before. */
const NEARER = 2;
const AROUND_KM = 500;
const TOWN_KM = 50;
/** So many rows around do not make a place of their own. */
const FEW = 2;
/** As many times more rows around the exchanged place. */
const MANY = 5;

/**
 * Single rows whose latitude and longitude are likely exchanged, where both could be either: Moscow's as 37.6 N 55.8 E is in Iran. Such
 * a row lies away from the bulk (in either coordinate, by median and median absolute deviation), its exchanged place well
 * less so and much nearer to rows that do not lie away, and where it is not all but alone, there are more rows around it than around the
 * given place: ten shops in Tehran are not Kursk. A table that is spread over the world has no bulk to be away from, and no row of it is suspected.
 * @param latitudes, longitudes in degrees, as given; what is no place but becomes one of the bulk when exchanged is suspected, too.
 * @returns rows in ascending order.
 */
export function exchangedRows(latitudes: Float64Array, longitudes: Float64Array): number[] {
  const rows = Array.from(latitudes.keys());
  const isPlace = (row: number) => Math.abs(latitudes[row]) <= 90 && Math.abs(longitudes[row]) <= 180;
  const isPlaceExchanged = (row: number) => Math.abs(longitudes[row]) <= 90 && Math.abs(latitudes[row]) <= 180;
  const places = rows.filter((row) => isPlace(row) && (latitudes[row] !== 0 || longitudes[row] !== 0));
  if (places.length < 3) return [];
  const away = awayFrom(places, latitudes, longitudes);
  const candidates = rows.filter((row) => {
    if (!isPlaceExchanged(row)) return false;
    if (!isPlace(row)) return true;
    const given = away(latitudes[row], longitudes[row]);
    return given > FAR && away(longitudes[row], latitudes[row]) < NEAR_SHARE * given;
  });
  if (candidates.length === 0) return [];
  const all = treeOf(places, latitudes, longitudes);
  const suspected = new Set(candidates);
  const bulk = treeOf(
    places.filter((row) => !suspected.has(row)),
    latitudes,
    longitudes,
  );
  return candidates.filter((row) => {
    const [latitude, longitude] = [latitudes[row], longitudes[row]];
    const nearest = bulk.nearestKmTo(longitude, latitude);
    if (!isPlace(row)) return nearest <= 2 * AROUND_KM;
    if (NEARER * nearest >= bulk.nearestKmTo(latitude, longitude)) return false;
    const here = (km: number) => all.countWithinOf(latitude, longitude, km);
    const there = (km: number) => all.countWithinOf(longitude, latitude, km);
    if (here(AROUND_KM) <= FEW) return true;
    return there(TOWN_KM) >= here(TOWN_KM) || there(AROUND_KM) >= MANY * here(AROUND_KM);
  });
}

const treeOf = (rows: readonly number[], latitudes: Float64Array, longitudes: Float64Array): PlaceTree =>
  new PlaceTree(
    Float64Array.from(rows, (row) => latitudes[row]),
    Float64Array.from(rows, (row) => longitudes[row]),
  );

/** The greater of both coordinates' distances from the middle, in robust standard deviations. */
function awayFrom(rows: readonly number[], latitudes: Float64Array, longitudes: Float64Array) {
  const [north, east] = [latitudes, longitudes].map((values) => {
    const median = medianOf(Float64Array.from(rows, (row) => values[row]));
    const deviation = medianOf(Float64Array.from(rows, (row) => Math.abs(values[row] - median)));
    return { median, spread: Math.max(LEAST_SPREAD, deviation * PER_DEVIATION) };
  });
  return (latitude: number, longitude: number): number =>
    Math.max(Math.abs(latitude - north.median) / north.spread, Math.abs(longitude - east.median) / east.spread);
}
/** A normal distribution's standard deviation, in median absolute deviations. */
const PER_DEVIATION = 1.4826;

const medianOf = (values: Float64Array): number => quantile(values.sort(), 0.5);
