import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@kindred/ml/random.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DirectoryContextOptions, DirectoryStageContext } from '../../pipelines/directory-context.ts';
import type { Json } from '../../pipelines/stage.ts';
import { clusteringParams } from '../clustering-params.ts';
import { rowMatrixBytes } from '../row-matrix.ts';
import { dimensionalityReductionStage } from './dimensionality-reduction.ts';

const ROWS = 3000;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-reduce-'));
  const random = new Random(1);
  const data = Float64Array.from({ length: 4 * ROWS }, () => random.normal());
  const index = Int32Array.from({ length: ROWS }, (_, row) => row);
  const matrix = { rows: ROWS, columns: 4, data, index, names: ['a', 'b', 'c', 'd'] };
  await writeFile(join(folder, 'selected.bin'), rowMatrixBytes(matrix));
});
afterEach(() => rm(folder, { recursive: true }));

async function reduction(options: DirectoryContextOptions, settings: Record<string, Json> = {}) {
  const dimensionality_reduction = { method: 'autoencoder', params: { encoding_dim: 2, ...settings } };
  const params = clusteringParams.parse({ dimensionality_reduction }) as unknown as Record<string, Json>;
  const context = await DirectoryStageContext.open(folder, { params, threads: 1, ...options });
  return { context, run: () => dimensionalityReductionStage.run(context) };
}

it('is refused where it needs more memory than there is, with the estimate and what would fit', async () => {
  const { run } = await reduction({ memoryBytes: 300_000 });
  await expect(run()).rejects.toMatchObject({
    code: 'TOO_LARGE',
    message: expect.stringMatching(/Autoencoder of 3000 rows needs 1 MB, and there are 1 MB; \d+ rows would fit/),
    details: { available: 300_000, rows: ROWS },
  });
});

it('stops in the midst of a fit when the job is cancelled', async () => {
  const stop = new AbortController();
  const told: number[] = [];
  const { run } = await reduction({
    signal: stop.signal,
    onMetric: (_key, _value, step) => {
      told.push(step ?? 0);
      if (step === 3) stop.abort(new Error('cancelled'));
    },
  });
  await expect(run()).rejects.toThrow('cancelled');
  expect(Math.max(...told)).toBe(3);
});

it('tells the share of variance that is lost', async () => {
  const { context, run } = await reduction({}, { hidden_layers: [], learning_rate: 0.01 });
  const { summary } = await run();
  // Without bends two of four columns of noise keep half of it at the best.
  expect(summary.lost).toBeGreaterThan(0.47);
  expect(summary.lost).toBeLessThan(0.55);
  expect(await context.json('reduced.columns.json')).toEqual(['a', 'b', 'c', 'd']);
});
