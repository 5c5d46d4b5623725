/** What stages hand on: numbers of named columns, and which row of the data set each row is. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { flatFromBytes, flatToBytes } from '@kindred/ml/flat-bytes.ts';
import type { Matrix } from '@kindred/ml/matrix.ts';
import { z } from 'zod';
import type { StageContext } from '../pipelines/stage.ts';
import { writeCsv } from './csv-writer.ts';

export interface RowMatrix extends Matrix {
  readonly names: readonly string[];
  /** Place of each row in the data set as it was uploaded, from 0; ascending. */
  readonly index: Int32Array;
}

const KIND = 'rowMatrix';
const VERSION = 1;
const shape = z.object({
  rows: z.int().nonnegative(),
  columns: z.int().nonnegative(),
  names: z.array(z.string()),
  index: z.instanceof(Int32Array),
  data: z.instanceof(Float64Array),
});

export const rowMatrixBytes = ({ rows, columns, names, index, data }: RowMatrix): Uint8Array =>
  flatToBytes(KIND, VERSION, { rows, columns, names, index, data });

export const parseRowMatrix = (bytes: Uint8Array): RowMatrix => shape.parse(flatFromBytes(KIND, VERSION, bytes));

export const readRowMatrix = async (context: StageContext, name: string): Promise<RowMatrix> =>
  parseRowMatrix(await readFile(await context.path(name)));

/** Writes it as `<name>.bin`, and as `<name>.csv` for people. */
export async function outputRowMatrix(context: StageContext, name: string, matrix: RowMatrix): Promise<void> {
  const binary = join(context.scratch, `${name}.bin`);
  await writeFile(binary, rowMatrixBytes(matrix));
  await context.output(`${name}.bin`, binary);
  const csv = join(context.scratch, `${name}.csv`);
  await writeCsv(csv, ['index', ...matrix.names], matrix.rows, (row, column) =>
    column === 0 ? matrix.index[row] : matrix.data[row * matrix.columns + column - 1],
  );
  await context.output(`${name}.csv`, csv);
}
