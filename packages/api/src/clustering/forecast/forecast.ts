import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import { registry } from '@kindred/ml/registry.ts';
import type { ColumnProfile } from '../../uploads/profile/column-profile.ts';
import { type ClusteringParams, earlierJobOf, fitParams } from '../clustering-params.ts';
import { CLUSTERING_METHODS, methodNamed, methodsOf, REDUCTION_METHODS, SELECTION_METHODS } from '../methods.ts';
import { expectedSize } from './expected-size.ts';
import { clustererParams, type Fitting, inWords, type Size, type SizedMethod, whatFits } from './memory-need.ts';
import {
  clusteringSeconds,
  fittingSeconds,
  metricsSeconds,
  PICTURE_METHODS,
  type PictureMethod,
  preprocessSeconds,
  visualizationSeconds,
} from './stage-seconds.ts';

export interface StageForecast extends Size {
  readonly stage: string;
  readonly method: string | null;
  /** Bytes at the peak, the rows themselves included. */
  readonly bytes: number;
  /** Bytes of these that the method plans for itself: what is held against the limit. */
  readonly planned: number;
  /** The stage does not begin with less. */
  readonly refused: boolean;
  readonly fitting: Fitting | null;
  /** By the models of method-seconds.ts, on the machine of their measurement. */
  readonly seconds: number;
}

export interface Forecast {
  readonly accepted: boolean;
  readonly limit: number;
  readonly exact: boolean;
  readonly stages: readonly StageForecast[];
  readonly notes: readonly string[];
}

const matrixBytes = ({ rows, columns }: Size) => 8 * rows * columns;

/**
 * What each stage of a job would need, by what is known of the table: nothing is fitted.
 * @param limit bytes that a stage may plan for.
 * @throws DomainError INVALID_INPUT as expectedSize.
 */
export function forecastStages(
  table: { readonly rows: number; readonly columns: readonly ColumnProfile[] },
  params: ClusteringParams,
  seed: number,
  limit: number,
): Forecast {
  const { read, exact, ...whole } = expectedSize(table, params);
  const stages: StageForecast[] = [];
  const add = (
    stage: string,
    size: Size,
    method: SizedMethod | undefined,
    own: Record<string, unknown>,
    seconds: number,
    others?: readonly SizedMethod[],
  ) => {
    const planned = method?.memory(size.rows, size.columns, own) ?? 0;
    const refused = others !== undefined && planned > limit;
    const fitting = method && others && refused ? whatFits(method, others, size, own, limit) : null;
    const name = method?.name ?? null;
    stages.push({
      stage,
      ...size,
      method: name,
      bytes: planned + matrixBytes(size),
      planned,
      refused,
      fitting,
      seconds,
    });
  };
  // The columns as read, filled and bent are there at a time, beside the rows that come out; a detector of outliers plans for itself.
  const { outliers } = params.preprocessing;
  const forest = outliers === 'isolationForest' ? registry.isolationForest : undefined;
  const detector = forest?.memory(whole.rows, read, forest.params.parse(params.preprocessing.outliers_params)) ?? 0;
  stages.push({
    stage: 'preprocess',
    ...whole,
    method: null,
    bytes: detector + 3 * matrixBytes({ rows: whole.rows, columns: read }) + matrixBytes(whole),
    planned: detector,
    refused: false,
    fitting: null,
    seconds: preprocessSeconds(read, whole, params),
  });
  const selector = methodNamed(SELECTION_METHODS, params.feature_selection.method);
  const ownSelection = selector ? fitParams(selector, params.feature_selection, seed) : {};
  add(
    'feature_selection',
    whole,
    selector,
    ownSelection,
    fittingSeconds(selector, whole, ownSelection),
    SELECTION_METHODS,
  );
  const selected = { ...whole, columns: columnsAfter(selector, ownSelection, whole.columns) };
  const reducer = methodNamed(REDUCTION_METHODS, params.dimensionality_reduction.method);
  const ownReduction = reducer ? fitParams(reducer, params.dimensionality_reduction, seed) : {};
  const takenOver = earlierJobOf(params) !== undefined;
  const reducing = fittingSeconds(takenOver ? undefined : reducer, selected, ownReduction);
  add('dimensionality_reduction', selected, reducer, ownReduction, reducing, REDUCTION_METHODS);
  const reduced = { ...selected, columns: columnsAfter(reducer, ownReduction, selected.columns) };
  const clusterer = methodNamed(CLUSTERING_METHODS, params.clustering.method);
  const ownClustering = clusterer
    ? clustererParams(clusterer, fitParams(clusterer, params.clustering, seed), params.automatic_k)
    : {};
  const clustering = clusteringSeconds(clusterer, reduced, ownClustering, params);
  add('clustering', reduced, clusterer, ownClustering, clustering, CLUSTERING_METHODS);
  const largest = methodsOf('cluster_metric').reduce((most, metric) =>
    memoryOf(metric, reduced) > memoryOf(most, reduced) ? metric : most,
  );
  add('metrics', reduced, largest, largest.params.parse({}), metricsSeconds(reduced));
  const sample = { ...reduced, rows: Math.min(reduced.rows, params.visualization.most_rows) };
  const drawing = params.visualization.charts.flatMap((chart) => PICTURE_METHODS[chart] ?? []);
  const [most] = drawing.sort((a, b) => plannedBy(b, sample) - plannedBy(a, sample));
  const drawingSeconds = visualizationSeconds(reduced, params.visualization);
  add('visualization', sample, most?.method, most?.method.params.parse(most.params) ?? {}, drawingSeconds);
  return {
    accepted: stages.every(({ refused }) => !refused),
    limit,
    exact,
    stages,
    notes: [
      ...(exact
        ? []
        : ['Rows and columns are the most there can be: which rows are left out shows when the job runs.']),
      ...stages.flatMap(({ stage, method, fitting }) =>
        fitting ? [`${stage}: ${method} does not fit; ${inWords(fitting)}`] : [],
      ),
    ],
  };
}

const plannedBy = ({ method, params }: PictureMethod, { rows, columns }: Size) =>
  method.memory(rows, columns, method.params.parse(params));

const memoryOf = (method: SizedMethod, { rows, columns }: Size) =>
  method.memory(rows, columns, method.params.parse({}));

/** Those that a method leaves, at the most: how many are chosen by a threshold or a share is not known before. */
function columnsAfter(method: AnyAlgorithm | undefined, params: Record<string, unknown>, columns: number): number {
  const { top_n, n_components } = params;
  if (method?.kind === 'selector') return typeof top_n === 'number' ? Math.min(top_n, columns) : columns;
  if (method?.kind !== 'reducer' || typeof n_components !== 'number' || n_components < 1) return columns;
  // The linear ones have no more directions than columns.
  return method.name === 'pca' || method.name === 'factorAnalysis' ? Math.min(n_components, columns) : n_components;
}
