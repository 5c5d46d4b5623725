import { DensityValidity } from '@kindred/ml/cluster-metrics/density-validity.ts';
import { calinskiHarabasz, daviesBouldin } from '@kindred/ml/cluster-metrics/mean-metrics.ts';
import { silhouette } from '@kindred/ml/cluster-metrics/silhouette.ts';
import type { FitContext } from '@kindred/ml/estimator.ts';
import { type Matrix, takeRows } from '@kindred/ml/matrix.ts';
import { sizesOf } from '../labels-file.ts';
import { sampleRows } from '../sample-rows.ts';

/** Rows that the silhouette asks, each against all, where there are more. */
export const ASKED_ROWS = 2000;
/** Rows between which all distances are kept. */
const DENSITY_ROWS = 1000;

/** What a labelling is worth, by the rows alone. Null where a measure is not defined. */
export interface Measures {
  readonly clusters: number;
  /** Rows of each, from cluster 0 on. */
  readonly sizes: readonly number[];
  /** Share of the rows in no cluster. */
  readonly noise: number;
  readonly silhouette: number | null;
  readonly calinski_harabasz: number | null;
  readonly davies_bouldin: number | null;
  readonly density_validity: number | null;
}

/** Judges labellings of the same rows in one space, whatever space they were found in. */
export class Judge {
  readonly #X: Matrix;
  readonly #seed: number;
  readonly #drawn: Int32Array;
  readonly #density: DensityValidity;

  constructor(X: Matrix, seed: number) {
    this.#X = X;
    this.#seed = seed;
    this.#drawn = sampleRows(X.rows, DENSITY_ROWS, seed);
    this.#density = new DensityValidity(takeRows(X, this.#drawn));
  }

  measure(labels: Int32Array, context: FitContext): Measures {
    const X = this.#X;
    const sizes = sizesOf(labels);
    const noise = sizes.get(-1) ?? 0;
    const asked = silhouette.params.parse({ exact_rows: ASKED_ROWS, sample_size: ASKED_ROWS, seed: this.#seed });
    return {
      clusters: sizes.size - (noise > 0 ? 1 : 0),
      sizes: [...sizes].filter(([label]) => label >= 0).map(([, rows]) => rows),
      noise: noise / X.rows,
      silhouette: finite(silhouette.score(X, labels, asked, context).value),
      calinski_harabasz: finite(calinskiHarabasz.score(X, labels, {}, context).value),
      davies_bouldin: finite(daviesBouldin.score(X, labels, {}, context).value),
      density_validity: finite(this.#density.score(Int32Array.from(this.#drawn, (row) => labels[row]))),
    };
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** More of it is no clustering of the table. */
const MOST_NOISE = 0.5;

/** Why a labelling tells nothing of the table, if it does not. */
export function degeneracy({ clusters, sizes, noise }: Measures): string | undefined {
  if (clusters === 0) return 'all rows are noise';
  if (clusters === 1) return 'there is one cluster';
  if (sizes.includes(1)) return 'a cluster has one row';
  if (noise > MOST_NOISE) return 'more than half of the rows are noise';
  return undefined;
}
