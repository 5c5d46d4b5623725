import { z } from 'zod';
import { defineClusterMetric } from '../estimator.ts';
import { groupRows, squaresToMeans } from './grouped-rows.ts';

const params = z.object({});
const memory = (rows: number) => rows * 8;

export const inertia = defineClusterMetric({
  name: 'inertia',
  kind: 'cluster_metric',
  title: 'Inertia',
  definition:
    'Sum of squared distances of the rows to the mean of their cluster, noise left out; from 0, less is better with as many clusters, and it falls with every cluster more.',
  greaterIsBetter: false,
  params,
  memory,
  score(X, labels) {
    const { means, rows } = groupRows(X, labels);
    if (rows === 0) return { value: Number.NaN };
    return { value: squaresToMeans(X, labels, means).reduce((sum, square) => sum + square, 0) };
  },
});

export const daviesBouldin = defineClusterMetric({
  name: 'daviesBouldin',
  kind: 'cluster_metric',
  title: 'Davies-Bouldin index',
  definition:
    'Mean over clusters of the greatest (spread + other spread) / distance of means, where spread is the mean distance to the mean (Davies and Bouldin 1979), noise left out; from 0, less is better.',
  greaterIsBetter: false,
  params,
  memory,
  score(X, labels) {
    const { clusters, sizes, means } = groupRows(X, labels);
    if (clusters < 2) return { value: Number.NaN };
    const spread = new Float64Array(clusters);
    squaresToMeans(X, labels, means).forEach((square, row) => {
      if (labels[row] >= 0) spread[labels[row]] += Math.sqrt(square) / sizes[labels[row]];
    });
    let sum = 0;
    for (let a = 0; a < clusters; a++) {
      let worst = 0;
      for (let b = 0; b < clusters; b++) {
        if (a === b) continue;
        let square = 0;
        for (let c = 0; c < X.columns; c++) square += (means[a * X.columns + c] - means[b * X.columns + c]) ** 2;
        // Clusters of one mean that have no spread are as one.
        const ratio = square > 0 ? (spread[a] + spread[b]) / Math.sqrt(square) : 0;
        worst = Math.max(worst, ratio);
      }
      sum += worst;
    }
    return { value: sum / clusters };
  },
});

export const calinskiHarabasz = defineClusterMetric({
  name: 'calinskiHarabasz',
  kind: 'cluster_metric',
  title: 'Calinski-Harabasz index',
  definition:
    'Variance between the clusters over variance within, each by its degrees of freedom (Calinski and Harabasz 1974), noise left out; from 0, more is better.',
  greaterIsBetter: true,
  params,
  memory,
  score(X, labels) {
    const { clusters, rows, sizes, means } = groupRows(X, labels);
    if (clusters < 2 || rows <= clusters) return { value: Number.NaN };
    const { columns } = X;
    const whole = new Float64Array(columns);
    means.forEach((mean, at) => {
      whole[at % columns] += (mean * sizes[Math.floor(at / columns)]) / rows;
    });
    let between = 0;
    means.forEach((mean, at) => {
      between += sizes[Math.floor(at / columns)] * (mean - whole[at % columns]) ** 2;
    });
    const within = squaresToMeans(X, labels, means).reduce((sum, square) => sum + square, 0);
    return { value: within > 0 ? (between * (rows - clusters)) / (within * (clusters - 1)) : 1 };
  },
});
