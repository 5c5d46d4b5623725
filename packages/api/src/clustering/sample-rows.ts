import { Random } from '@kindred/ml/random.ts';

/** Places of at most `most` of `rows` rows, ascending: all of them, or as many drawn at random. */
export function sampleRows(rows: number, most: number, seed: number): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  return rows <= most ? all : new Random(seed).shuffle(all).slice(0, most).sort();
}
