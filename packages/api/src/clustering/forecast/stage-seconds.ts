/** Seconds of whole stages: the fits in them, and what is read, written and drawn around these. */
import { takesK } from '@kindred/ml/clustering/choose-k.ts';
import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import { registry } from '@kindred/ml/registry.ts';
import type { ClusteringParams } from '../clustering-params.ts';
import { type CLUSTERING_METHODS, methodsOf } from '../methods.ts';
import type { Size, SizedMethod } from './memory-need.ts';
import { fitSeconds } from './method-seconds.ts';

/** Of a stage on the reference machine: to start, and of each value that it reads, turns and writes. */
const STAGE = 0.15;
const PER_VALUE = { preprocess: 1.5e-6, rows: 8e-7 };
/** A drawn and rendered picture. */
const PICTURE = 0.25;

const valuesOf = ({ rows, columns }: Size) => rows * columns;
const fitOf = (method: AnyAlgorithm, { rows, columns }: Size, params: Record<string, unknown>) =>
  fitSeconds(method.name, rows, columns, params);
const byDefault = (method: AnyAlgorithm, size: Size) => fitOf(method, size, method.params.parse({}));

/** @param read columns that are read; `left` is the size that comes out. */
export function preprocessSeconds(read: number, left: Size, { preprocessing }: ClusteringParams): number {
  const { outliers, outliers_params } = preprocessing;
  const forest = registry.isolationForest;
  const given = { rows: left.rows, columns: read };
  const detector = outliers === forest.name ? fitOf(forest, given, forest.params.parse(outliers_params)) : 0;
  return STAGE + detector + PER_VALUE.preprocess * (valuesOf(given) + valuesOf(left));
}

/** Of a stage that fits one method, or none. */
export const fittingSeconds = (method: AnyAlgorithm | undefined, size: Size, params: Record<string, unknown>): number =>
  STAGE + PER_VALUE.rows * valuesOf(size) + (method ? fitOf(method, size, params) : 0);

/**
 * With the tries of `automatic_k`, each judged by a silhouette and beside tables of chance for the gap, where one tree serves all numbers
 * of clusters; and with the resamples of the bootstrap.
 */
export function clusteringSeconds(
  method: (typeof CLUSTERING_METHODS)[number] | undefined,
  size: Size,
  params: Record<string, unknown>,
  { automatic_k, stability }: Pick<ClusteringParams, 'automatic_k' | 'stability'>,
): number {
  if (!method) return fittingSeconds(method, size, params);
  const ofRows = (most: number) => fitOf(method, { ...size, rows: Math.min(size.rows, most) }, params);
  const tries = automatic_k && takesK(method) ? automatic_k.to - automatic_k.from + 2 : 0;
  const cuts = method === registry.agglomerative ? Math.min(1, tries) : tries;
  const choice =
    cuts * (ofRows(size.rows) + GAP_TABLES * ofRows(GAP_ROWS)) + tries * byDefault(registry.silhouette, size);
  const resamples = stability ? stability.n_bootstraps * ofRows(stability.sample_rows) : 0;
  return fittingSeconds(method, size, params) + choice + resamples;
}
/** As `chooseK` has them. */
const [GAP_TABLES, GAP_ROWS] = [5, 5000];

export const metricsSeconds = (size: Size): number =>
  methodsOf('cluster_metric').reduce(
    (sum, metric) => sum + byDefault(metric, size),
    fittingSeconds(undefined, size, {}),
  );

export interface PictureMethod {
  readonly method: SizedMethod;
  readonly params: object;
}

/** Of the pictures that are drawn by a method, what it takes of a sample of the rows. */
export const PICTURE_METHODS: Readonly<Record<string, PictureMethod>> = {
  tsne: { method: registry.tSne, params: {} },
  umap: { method: registry.umap, params: { n_components: 2 } },
  dendrogram: { method: registry.agglomerative, params: {} },
};

export function visualizationSeconds(size: Size, { charts, most_rows }: ClusteringParams['visualization']): number {
  const sample = { ...size, rows: Math.min(size.rows, most_rows) };
  const drawn = charts.map((chart) => {
    const { method, params } = PICTURE_METHODS[chart] ?? {};
    return PICTURE + (method ? fitOf(method, sample, method.params.parse(params)) : 0);
  });
  return drawn.reduce((sum, seconds) => sum + seconds, fittingSeconds(undefined, size, {}));
}
