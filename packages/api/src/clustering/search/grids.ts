/** What a search tries of each method. A method that is not named here is tried with its defaults, and if it takes a number of clusters with each. */
import { countParameter, takesK } from '@kindred/ml/clustering/choose-k.ts';
import { NONE } from '../clustering-params.ts';
import { CLUSTERING_METHODS, methodNamed, type Params } from '../methods.ts';

export interface Reduction {
  readonly method: string;
  readonly params: Params;
}

/** What is settled when the rows to cluster are there. */
export type Tuned =
  /** DBSCAN's eps: so many times the knee of the distances to the `neighbours`-th row of the sample. */
  | { readonly kind: 'eps'; readonly factor: number; readonly neighbours: number }
  /** The fewest rows of a cluster, as a share of all. */
  | { readonly kind: 'share'; readonly share: number };

export interface Clustering {
  readonly method: string;
  readonly params: Params;
  readonly tuned: Tuned | null;
  /** Beside the method's title. */
  readonly words: string;
}

type Settings = Omit<Clustering, 'method'>;

/** Around the knee, which is a rule of thumb. */
const EPS = [0.5, 0.75, 1, 1.5, 2];
const NEIGHBOURS = [5, 10];

const byShare = (params: Params, shares: readonly number[]): Settings[] =>
  shares.map((share) => ({ params, tuned: { kind: 'share', share }, words: `from ${100 * share} % of the rows` }));

const byCount = (counts: readonly number[], parameter: string, params: Params, words = ''): Settings[] =>
  counts.map((k) => ({ params: { ...params, [parameter]: k }, tuned: null, words: `${words}${k} clusters` }));

/** THE LIST of settings by method. */
const GRIDS: Readonly<Record<string, (counts: readonly number[]) => Settings[]>> = {
  kMeans: (counts) => byCount(counts, 'n_clusters', { n_init: 4 }),
  agglomerative: (counts) =>
    ['ward', 'average'].flatMap((linkage) => byCount(counts, 'n_clusters', { linkage }, `${linkage}, `)),
  gaussianMixture: (counts) =>
    ['full', 'diag'].flatMap((covariance_type) =>
      byCount(counts, 'n_components', { covariance_type }, `${covariance_type}, `),
    ),
  // Affinities by distance need a width that suits the data.
  spectral: (counts) => byCount(counts, 'n_clusters', { affinity: 'nearest_neighbors' }),
  dbscan: () =>
    NEIGHBOURS.flatMap((neighbours) =>
      EPS.map((factor) => ({
        params: {},
        tuned: { kind: 'eps', factor, neighbours },
        words: `${factor} x knee of ${neighbours} neighbours`,
      })),
    ),
  hdbscan: () => byShare({ min_samples: 5 }, [0.01, 0.02, 0.05]),
  optics: () => byShare({}, [0.02, 0.05]),
};

export function clusteringsOf(name: string, counts: readonly number[]): Clustering[] {
  const method = methodNamed(CLUSTERING_METHODS, name);
  if (!method) return [];
  const usual = () =>
    takesK(method) ? byCount(counts, countParameter(method), {}) : [{ params: {}, tuned: null, words: 'as it is' }];
  return (GRIDS[method.name]?.(counts) ?? usual()).map((settings) => ({ method: method.name, ...settings }));
}

/** Every number of clusters up to here, of more every few. */
const DENSE_UNTIL = 10;

export function countsToTry({ from, to }: { readonly from: number; readonly to: number }, rows: number): number[] {
  const counts: number[] = [];
  const last = Math.min(to, Math.floor(rows / 2));
  for (let k = from; k <= last; k += k < DENSE_UNTIL ? 1 : Math.round(k / 5)) counts.push(k);
  return counts;
}

/** UMAP ties each row to 15: fewer rows than a few times that have no manifold to speak of. */
const LEAST_UMAP_ROWS = 100;
/** A table of two columns is not made narrower. */
const LEAST_COLUMNS = 3;
/** In fewer columns Kaiser's criterion and a share of the variance mostly agree. */
const LEAST_KAISER = 6;

type Reducing = (columns: number, rows: number) => Params[];
const few = (columns: number) => Math.min(10, columns - 1);
const linear: Reducing = (columns) => (columns < LEAST_COLUMNS ? [] : [{ n_components: few(columns) }]);

/** THE LIST of settings by reduction, for so many columns and rows. */
const REDUCTIONS: Readonly<Record<string, Reducing>> = {
  [NONE]: () => [{}],
  pca: (columns) => [
    ...(columns < LEAST_COLUMNS ? [] : [{ n_components: 0.9 }]),
    ...(columns < LEAST_KAISER ? [] : [{ n_components: 'kaiser' }]),
  ],
  // To cluster in it, not to look at it: rows may lie as near to each other as they like.
  umap: (columns, rows) =>
    rows < LEAST_UMAP_ROWS ? [] : [{ n_components: Math.min(5, Math.max(2, columns)), min_dist: 0 }],
};

export const reductionsOf = (name: string, columns: number, rows: number): Reduction[] =>
  (REDUCTIONS[name] ?? linear)(columns, rows).map((params) => ({ method: name, params }));
