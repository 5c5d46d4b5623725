/** Mean radius of the earth (IUGG), in kilometres. */
export const EARTH_KM = 6371.0088;

const RADIANS = Math.PI / 180;

/** Kilometres along the sphere between two places in degrees; stays exact for near ones, unlike the law of cosines. */
export function haversineKm(
  latitude: number,
  longitude: number,
  otherLatitude: number,
  otherLongitude: number,
): number {
  const north = Math.sin(((otherLatitude - latitude) * RADIANS) / 2);
  const east = Math.sin(((otherLongitude - longitude) * RADIANS) / 2);
  const half = north * north + Math.cos(latitude * RADIANS) * Math.cos(otherLatitude * RADIANS) * east * east;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}

/**
 * Places as unit vectors (x, y, z), row by row: their Euclidean distance grows with the distance on the sphere, so methods that know
 * only Euclidean distances cluster on the sphere by it. NaN where a coordinate is.
 */
export function unitVectors(latitudes: Float64Array, longitudes: Float64Array): Float64Array {
  const vectors = new Float64Array(3 * latitudes.length);
  for (let at = 0; at < latitudes.length; at++) {
    const [north, east] = [latitudes[at] * RADIANS, longitudes[at] * RADIANS];
    vectors[3 * at] = Math.cos(north) * Math.cos(east);
    vectors[3 * at + 1] = Math.cos(north) * Math.sin(east);
    vectors[3 * at + 2] = Math.sin(north);
  }
  return vectors;
}
