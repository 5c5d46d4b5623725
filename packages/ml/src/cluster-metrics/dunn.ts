import { z } from 'zod';
import { clusterCount } from '../clustering/labels.ts';
import { defineClusterMetric } from '../estimator.ts';
import { askedRows, distanceSumsBytes, extremesOf } from './distance-sums.ts';

const params = z.object({
  exact_rows: z
    .int()
    .min(1)
    .default(20_000)
    .describe('Up to so many rows all are asked; of more, a sample, each against all rows.'),
  sample_size: z.int().min(2).default(5000).describe('Rows asked where not all are.'),
  seed: z.int().default(1).describe('Seed of the sample.'),
});

/** A sample can only miss the nearest and the farthest pair, so that its value is never below the exact one: no interval, but a bound. */
export const dunn = defineClusterMetric({
  name: 'dunn',
  kind: 'cluster_metric',
  title: 'Dunn index',
  definition:
    'Least distance between rows of different clusters over the greatest within one (Dunn 1974), noise left out; from 0, more is better; on a sample of rows it is an upper bound.',
  greaterIsBetter: true,
  params,
  memory: distanceSumsBytes,
  score(X, labels, { exact_rows, sample_size, seed }, context) {
    const clustered = labels.reduce((count, label) => count + (label >= 0 ? 1 : 0), 0);
    if (clusterCount(labels) < 2) return { value: Number.NaN };
    const asked = askedRows(labels, clustered <= exact_rows ? clustered : sample_size, seed);
    const { between, within } = extremesOf(X, labels, asked, context);
    const value = within > 0 ? between / within : Number.NaN;
    return asked.length === clustered ? { value } : { value, rows: asked.length };
  },
});
