import { readFile } from 'node:fs/promises';
import { flatFromBytes } from '@kindred/ml/flat-bytes.ts';
import { z } from 'zod';
import type { StageContext } from '../pipelines/stage.ts';

/** A label for each row that stayed, and its place in the data set. */
const shape = z.object({ labels: z.instanceof(Int32Array), index: z.instanceof(Int32Array) });
export type Labels = z.output<typeof shape>;

export const LABELS_KIND = 'labels';
export const LABELS_VERSION = 1;

export const parseLabels = (bytes: Uint8Array): Labels =>
  shape.parse(flatFromBytes(LABELS_KIND, LABELS_VERSION, bytes));

export const readLabels = async (context: StageContext): Promise<Labels> =>
  parseLabels(await readFile(await context.path('labels.bin')));

/** Rows of each label, ascending. */
export function sizesOf(labels: Int32Array): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return new Map([...sizes].sort(([a], [b]) => a - b));
}
