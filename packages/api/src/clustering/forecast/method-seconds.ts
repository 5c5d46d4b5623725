/**
 * Seconds of a fit or a score by the work that its method does, as measured with two threads on two cores of a server of 2025;
 * `pnpm bench clustering-forecast` holds them against a measurement. How many turns a method takes depends on the table, so these hold for
 * clouds that are told apart, to a factor of about three.
 */
import type { registry } from '@kindred/ml/registry.ts';

type Registry = typeof registry;
type Costed = 'clusterer' | 'reducer' | 'selector' | 'cluster_metric' | 'outlier_detector';
type CostedName = { [Name in keyof Registry]: Registry[Name]['kind'] extends Costed ? Name : never }[keyof Registry];
type Params<Name extends CostedName> = ReturnType<Registry[Name]['params']['parse']>;
type Costs = { readonly [Name in CostedName]: (rows: number, columns: number, params: Params<Name>) => number };

/** Pairs of rows, of which whole blocks are left out: by the columns and what is done with a distance. */
const pairs = (rows: number, columns: number) => rows * rows * (columns + 10);
const gram = (rows: number, columns: number) => 1.5e-9 * rows * columns * (columns + 10);
const sorting = (rows: number) => rows * Math.log2(rows + 2);
const kMeansSeconds = (rows: number, columns: number, clusters: number, starts: number) =>
  0.008 + 4e-8 * rows * (columns + 4) * clusters * starts;
const askedSeconds = (rows: number, columns: number, exact: number, sample: number) =>
  0.003 + 2.5e-10 * (rows <= exact ? rows : sample) * rows * (columns + 10);
const passSeconds = (rows: number, columns: number) => 0.001 + 4e-8 * rows * columns;

/** THE LIST of the models; a method without one does not compile. */
const COSTS: Costs = {
  kMeans: (rows, columns, { n_clusters, n_init }) => kMeansSeconds(rows, columns, n_clusters, n_init),
  gaussianMixture: (rows, columns, { n_components, n_init, covariance_type }) =>
    0.03 + 2e-9 * rows * n_components * n_init * (columns + 8) * (/full|tied/.test(covariance_type) ? columns + 8 : 8),
  dbscan: (rows, columns) => 0.015 + 1e-10 * pairs(rows, columns),
  hdbscan: (rows, columns) => 0.02 + 3e-5 * rows + 3e-11 * pairs(rows, columns),
  optics: (rows, columns) => 0.02 + 4e-5 * rows + 3e-11 * pairs(rows, columns),
  agglomerative(rows, columns, { linkage }) {
    if (linkage === 'ward') return 0.02 + 3e-5 * rows + 4e-11 * pairs(rows, columns);
    if (linkage === 'single') return 0.005 + 2e-5 * rows + 3e-11 * pairs(rows, columns);
    // Beyond, the means of small clusters are linked.
    const linked = Math.min(rows, 20_000);
    return 0.02 + 2e-8 * linked ** 2 + (rows > linked ? 5e-5 * rows : 0);
  },
  spectral(rows, columns, { affinity, exact_rows, n_landmarks, n_clusters, n_init }) {
    const labels = kMeansSeconds(rows, n_clusters, n_clusters, n_init);
    if (affinity === 'nearest_neighbors') return 0.3 + 2e-4 * rows + 3e-11 * pairs(rows, columns) + labels;
    if (rows <= exact_rows) return 0.1 + 1e-7 * rows ** 2 + labels;
    return 0.5 + 4e-8 * rows * n_landmarks + labels;
  },
  pca: (rows, columns) => 0.01 + gram(rows, columns),
  kernelPca: (rows, _columns, { exact_rows, n_landmarks }) =>
    rows <= exact_rows ? 0.1 + 7e-8 * rows ** 2 : 0.3 + 6e-8 * rows * n_landmarks,
  factorAnalysis: (rows, columns) => 0.03 + 2 * gram(rows, columns),
  autoencoder: (rows, columns, { epochs, encoding_dim, hidden_layers }) => {
    const widths = [columns, ...hidden_layers, encoding_dim];
    const weights = widths.slice(1).reduce((sum, width, at) => sum + 2 * width * widths[at], 0);
    return 0.06 + 1.3e-10 * rows * epochs * weights;
  },
  umap: (rows, columns, { n_components, n_neighbors, n_epochs }) =>
    0.4 +
    3e-11 * pairs(rows, columns) +
    1e-8 * rows * n_neighbors * (n_epochs || (rows <= 10_000 ? 500 : 200)) * n_components,
  tSne: (rows, columns, { max_iter, perplexity }) =>
    0.1 + 3e-11 * pairs(rows, columns) + 1.2e-9 * sorting(rows) * max_iter * (perplexity + 30),
  silhouette: (rows, columns, { exact_rows, sample_size }) => askedSeconds(rows, columns, exact_rows, sample_size),
  dunn: (rows, columns, { exact_rows, sample_size }) => askedSeconds(rows, columns, exact_rows, sample_size),
  inertia: passSeconds,
  daviesBouldin: passSeconds,
  calinskiHarabasz: passSeconds,
  correlationThreshold: (rows, columns) => 0.002 + gram(rows, columns),
  kMeansColumns: (rows, columns, { n_clusters }) => kMeansSeconds(rows, columns, n_clusters, 3),
  mutualInformationColumns: (rows, columns, { n_clusters }) =>
    kMeansSeconds(rows, columns, n_clusters, 3) + 1.2e-7 * columns * sorting(rows),
  varianceThreshold: passSeconds,
  allColumns: passSeconds,
  isolationForest: (rows, _columns, { n_estimators, max_samples }) =>
    0.05 + 5e-8 * n_estimators * (rows + Math.min(rows, max_samples)) * Math.log2(max_samples + 1),
};

/** @param params of the method, parsed. */
export function fitSeconds(name: string, rows: number, columns: number, params: Record<string, unknown>): number {
  const cost = Object.hasOwn(COSTS, name) ? COSTS[name as CostedName] : undefined;
  // Each model is given what its own method's schema has parsed.
  return cost ? (cost as (rows: number, columns: number, params: object) => number)(rows, columns, params) : 0;
}
