/** Which pipelines a search tries, and in which order: by the size of the table, the parameters and the seed alone. */
import { Random } from '@kindred/ml/random.ts';
import { CLUSTERING_METHODS, methodNamed, type Params, REDUCTION_METHODS } from '../methods.ts';
import { type Clustering, clusteringsOf, countsToTry, type Reduction, reductionsOf, type Tuned } from './grids.ts';
import { PREPARATIONS, type Preparation } from './preparations.ts';
import type { SearchParams } from './search-params.ts';

export interface Trial {
  /** Place in the plan, from 1. */
  readonly number: number;
  readonly name: string;
  readonly preparation: Preparation;
  readonly reduction: Reduction;
  readonly method: string;
  readonly params: Params;
  readonly tuned: Tuned | null;
}

interface Draft {
  readonly preparation: Preparation;
  readonly reduction: Reduction;
  readonly clustering: Clustering;
}

/**
 * @param columns of the reference.
 * @param rows on which trials begin.
 */
export function planTrials(params: SearchParams, columns: number, rows: number, seed: number): Trial[] {
  const counts = countsToTry(params.n_clusters, rows);
  const drafts = params.preparations.flatMap((preparation) =>
    params.reductions
      .flatMap((name) => reductionsOf(name, columns, rows))
      .flatMap((reduction) =>
        params.methods
          .flatMap((name) => clusteringsOf(name, counts))
          .map((clustering): Draft => ({ preparation, reduction, clustering })),
      ),
  );
  return inOrder(drafts, seed).map((draft, at) => {
    const { preparation, reduction, clustering } = draft;
    const { method, params, tuned } = clustering;
    return { number: at + 1, name: nameOf(draft), preparation, reduction, method, params, tuned };
  });
}

function nameOf({ preparation, reduction, clustering }: Draft): string {
  const reducer = methodNamed(REDUCTION_METHODS, reduction.method);
  const title = methodNamed(CLUSTERING_METHODS, clustering.method)?.title ?? clustering.method;
  return [
    PREPARATIONS[preparation].title,
    ...(reducer ? [`${reducer.title} to ${reduction.params.n_components}`] : []),
    `${title}: ${clustering.words}`,
  ].join(' > ');
}

/** How dear a step is beside the others; the dearer of a trial's decides. */
const COST: Readonly<Record<string, number>> = {
  gaussianMixture: 1,
  factorAnalysis: 1,
  optics: 1,
  spectral: 2,
  kernelPca: 2,
  umap: 2,
};

/** Cheap ones first, in each class drawn by the seed, and the methods in turn: whatever part of it there is time for is a fair one. */
function inOrder(drafts: readonly Draft[], seed: number): Draft[] {
  const order = new Random(seed).shuffle(Int32Array.from(drafts.keys()));
  const turns = new Map<string, number>();
  return Array.from(order, (place) => {
    const draft = drafts[place];
    const { clustering, reduction } = draft;
    const cost = Math.max(COST[clustering.method] ?? 0, COST[reduction.method] ?? 0);
    const key = `${cost} ${clustering.method}`;
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    return { draft, cost, turn };
  })
    .sort((a, b) => a.cost - b.cost || a.turn - b.turn)
    .map(({ draft }) => draft);
}
