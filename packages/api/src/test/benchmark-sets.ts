/** Tables with known clusters: the forms that clusterings are commonly tried on, made here, and those of a folder where there is one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Matrix } from '@kindred/ml/matrix.ts';
import { Random } from '@kindred/ml/random.ts';

export interface BenchmarkSet {
  readonly name: string;
  /** Each column of mean 0 and variance 1. */
  readonly X: Matrix;
  readonly truth: Int32Array;
  readonly clusters: number;
}

/** CSV files whose last column is `label`, beside the checkout; not part of it. */
const FOLDER =
  process.env.KINDRED_BENCHMARK_SETS ??
  fileURLToPath(new URL('../../../../../shared/data/clustering/', import.meta.url));
const MOST_ROWS = 8100;

type Shape = (random: Random, at: number) => readonly [label: number, x: number, y: number];

const SHAPES: Readonly<Record<string, Shape>> = {
  moons(random, at) {
    const angle = Math.PI * random.uniform();
    const [x, y] = [Math.cos(angle) + 0.05 * random.normal(), Math.sin(angle) + 0.05 * random.normal()];
    return at % 2 === 0 ? [0, x, y] : [1, 1 - x, 0.5 - y];
  },
  circles(random, at) {
    const angle = 2 * Math.PI * random.uniform();
    const radius = (at % 2 === 0 ? 1 : 0.5) + 0.05 * random.normal();
    return [at % 2, radius * Math.cos(angle), radius * Math.sin(angle)];
  },
  'blobs of unequal width'(random, at) {
    const cloud = at % 3;
    const [centre, width] = [[0, 0, 6, 6, -4, 7][2 * cloud], [1, 2.2, 0.5][cloud]];
    return [cloud, centre + width * random.normal(), [0, 6, 7][cloud] + width * random.normal()];
  },
  'slanted blobs'(random, at) {
    const cloud = at % 3;
    const [u, v] = [random.normal() + [-6, 0, 5][cloud], random.normal() + [0, 5, -5][cloud]];
    return [cloud, 0.6 * u - 0.6 * v, -0.4 * u + 0.8 * v];
  },
  'blobs of unequal size'(random, at) {
    const cloud = at % 20 === 0 ? 2 : at % 5 === 0 ? 1 : 0;
    return [cloud, [0, 8, 4][cloud] + random.normal(), [0, 1, 8][cloud] + random.normal()];
  },
};

function made(name: string, shape: Shape): BenchmarkSet {
  const random = new Random(3);
  const rows = Array.from({ length: 1500 }, (_, at) => shape(random, at));
  return standardised(
    name,
    rows.map(([, x, y]) => [x, y]),
    rows.map(([label]) => label),
  );
}

function read(file: string): BenchmarkSet | undefined {
  const lines = readFileSync(join(FOLDER, file), 'utf8').trim().split('\n').slice(1);
  if (lines.length > MOST_ROWS) return undefined;
  const rows = lines.map((line) => line.split(',').map(Number));
  return standardised(
    file.replace('.csv', ''),
    rows.map((row) => row.slice(0, -1)),
    rows.map((row) => row.at(-1) ?? Number.NaN),
  );
}

function standardised(name: string, rows: readonly (readonly number[])[], labels: readonly number[]): BenchmarkSet {
  const columns = rows[0].length;
  const data = Float64Array.from(rows.flat());
  for (let c = 0; c < columns; c++) {
    const values = rows.map((row) => row[c]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1;
    for (let at = c; at < data.length; at += columns) data[at] = (data[at] - mean) / deviation;
  }
  const truth = Int32Array.from(labels);
  return { name, X: { rows: rows.length, columns, data }, truth, clusters: new Set(truth).size };
}

export function benchmarkSets(): readonly BenchmarkSet[] {
  const shapes = Object.entries(SHAPES).map(([name, shape]) => made(name, shape));
  if (!existsSync(FOLDER)) return shapes;
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.csv'));
  return [...shapes, ...files.flatMap((file) => read(file) ?? [])];
}
