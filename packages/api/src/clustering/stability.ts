import { bootstrapStability, type Stability } from '@kindred/ml/clustering/stability.ts';
import type { Matrix } from '@kindred/ml/matrix.ts';
import { z } from 'zod';
import type { Json, StageContext } from '../pipelines/stage.ts';
import { fitContext } from './fit-context.ts';
import type { CLUSTERING_METHODS, Params } from './methods.ts';

export const stabilityParams = z.strictObject({
  n_bootstraps: z.int().min(2).max(200).default(20).describe('Resamples that the method is fitted to'),
  sample_rows: z
    .int()
    .min(100)
    .max(100_000)
    .default(10_000)
    .describe('Rows of a resample at the most: of a larger table less than the whole, so that time is bounded'),
});

/** How the clusters come out when the rows are drawn anew; undefined unless it was asked for. */
export async function measureStability(
  context: StageContext,
  method: (typeof CLUSTERING_METHODS)[number],
  X: Matrix,
  labels: Int32Array,
  params: Params,
  wanted: z.output<typeof stabilityParams> | null,
): Promise<Stability | undefined> {
  if (!wanted) return undefined;
  await using fit = fitContext(context, `stability: ${wanted.n_bootstraps} resamples`, [0.4, 0.85]);
  const found = bootstrapStability(method, X, labels, params, fit, {
    resamples: wanted.n_bootstraps,
    sampleRows: wanted.sample_rows,
    seed: context.seed,
  });
  context.metric('stability', found.mean);
  return found;
}

export const stabilityFacts = (found: Stability, rows: number): { [key: string]: Json } => ({
  mean: found.mean,
  resamples: found.resamples,
  drawn: found.drawn,
  clusters: [...found.clusters].map((agreement, label) => ({ label, agreement, jaccard: found.jaccard[label] })),
  ...(found.drawn < rows
    ? { sampled: `Each resample is ${found.drawn} of ${rows} rows: that alone makes it differ more.` }
    : {}),
});
