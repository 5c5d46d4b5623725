import type { TrainingData } from '../src/boosting/training-data.ts';
import { Random } from '../src/random.ts';

/** Rows for tests of learners: a linear, a crossed and a wavy effect, the rest noise; a tenth of the first column missing. */
export function sampleRows(
  rows: number,
  features: number,
  seed: number,
  group = 100,
): TrainingData & { groups: Int32Array } {
  const random = new Random(seed);
  const columns = Array.from({ length: features }, () => Float32Array.from({ length: rows }, () => random.normal()));
  const y = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const x = (feature: number) => columns[feature][row];
    const signal = 1.5 * x(0) + x(1) * x(2) + Math.sin(2 * x(3)) - 1;
    y[row] = random.uniform() < 1 / (1 + Math.exp(-2 * signal)) ? 1 : 0;
    if (random.uniform() < 0.1) columns[0][row] = Number.NaN;
  }
  const groups = Int32Array.from({ length: Math.ceil(rows / group) + 1 }, (_, at) => Math.min(rows, at * group));
  return { X: { rows, columns, names: columns.map((_, at) => `f${at}`) }, y, groups };
}
