import { UMAP } from 'umap-js';
import { MlError } from '../errors.ts';
import { type Matrix, matrixOf } from '../matrix.ts';
import { Random } from '../random.ts';

const MOST_ROWS = 5000;

/** The same by the package umap-js: for small data and comparison. */
export function referenceUmap(
  X: Matrix,
  settings: {
    readonly n_components: number;
    readonly n_neighbors: number;
    readonly min_dist: number;
    readonly spread: number;
    readonly n_epochs: number;
    readonly learning_rate: number;
    readonly negative_sample_rate: number;
    readonly repulsion_strength: number;
    readonly seed: number;
  },
): Matrix {
  if (X.rows > MOST_ROWS) throw new MlError('BAD_PARAMETER', `the reference engine takes up to ${MOST_ROWS} rows`);
  const random = new Random(settings.seed, 31);
  const rows = Array.from({ length: X.rows }, (_, row) =>
    Array.from(X.data.subarray(row * X.columns, (row + 1) * X.columns)),
  );
  const reducer = new UMAP({
    nComponents: settings.n_components,
    nNeighbors: settings.n_neighbors,
    minDist: settings.min_dist,
    spread: settings.spread,
    nEpochs: settings.n_epochs,
    learningRate: settings.learning_rate,
    negativeSampleRate: settings.negative_sample_rate,
    repulsionStrength: settings.repulsion_strength,
    random: () => random.uniform(),
  });
  return matrixOf(reducer.fit(rows));
}
