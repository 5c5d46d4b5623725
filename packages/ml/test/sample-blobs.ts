import type { Matrix } from '../src/matrix.ts';
import { Random } from '../src/random.ts';

/** Clouds of normal rows of deviation 1 around centres that are `apart` deviations apart on average; labels are `row % clouds`. */
export function sampleBlobs(rows: number, columns: number, clouds: number, seed: number, apart = 12): Matrix {
  const random = new Random(seed);
  const centres = Float64Array.from(
    { length: clouds * columns },
    () => (apart / Math.sqrt(2 * columns)) * random.normal(),
  );
  const data = new Float64Array(rows * columns);
  for (let at = 0; at < data.length; at++) {
    const cloud = Math.floor(at / columns) % clouds;
    data[at] = centres[cloud * columns + (at % columns)] + random.normal();
  }
  return { rows, columns, data };
}
