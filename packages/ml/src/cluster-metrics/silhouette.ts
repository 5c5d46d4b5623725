import { z } from 'zod';
import { clusterCount } from '../clustering/labels.ts';
import { defineClusterMetric } from '../estimator.ts';
import { askedRows, distanceSumsBytes, silhouettesOf } from './distance-sums.ts';

const params = z.object({
  exact_rows: z
    .int()
    .min(1)
    .default(20_000)
    .describe('Up to so many rows all are asked; of more, a sample, each against all rows.'),
  sample_size: z.int().min(2).default(5000).describe('Rows asked where not all are.'),
  seed: z.int().default(1).describe('Seed of the sample.'),
});

export const silhouette = defineClusterMetric({
  name: 'silhouette',
  kind: 'cluster_metric',
  title: 'Silhouette',
  definition:
    'Mean over rows of (b - a) / max(a, b), with a the mean distance to the other rows of its cluster and b the least mean distance to the rows of another one (Rousseeuw 1987), 0 for the only row of a cluster, noise left out; -1 to 1, more is better.',
  greaterIsBetter: true,
  params,
  memory: distanceSumsBytes,
  score(X, labels, { exact_rows, sample_size, seed }, context) {
    const clustered = labels.reduce((count, label) => count + (label >= 0 ? 1 : 0), 0);
    const clusters = clusterCount(labels);
    if (clusters < 2 || clusters >= clustered) return { value: Number.NaN };
    const asked = askedRows(labels, clustered <= exact_rows ? clustered : sample_size, seed);
    const values = silhouettesOf(X, labels, asked, context);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    if (asked.length === clustered) return { value: mean };
    // Drawn without replacement: the more of all are asked, the less is left to chance.
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    const error = Math.sqrt((variance / values.length) * (1 - values.length / clustered));
    return { value: mean, rows: asked.length, interval: [mean - 1.96 * error, mean + 1.96 * error] };
  },
});
