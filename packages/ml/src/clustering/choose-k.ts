import type { z } from 'zod';
import { calinskiHarabasz, daviesBouldin } from '../cluster-metrics/mean-metrics.ts';
import { silhouette } from '../cluster-metrics/silhouette.ts';
import { MlError } from '../errors.ts';
import type { Clusterer, FitContext } from '../estimator.ts';
import { checkMatrix, type Matrix, takeRows } from '../matrix.ts';
import { Random } from '../random.ts';
import { partOf } from './core-distances.ts';
import { gapStatistic, uniformLike } from './gap-statistic.ts';
import { cutByCount, type MergeTree } from './merge-tree.ts';

export interface ChooseKOptions {
  /** Least and greatest number of clusters to try; 2 at least. */
  readonly from?: number;
  readonly to?: number;
  /** Tables without clusters to compare with for the gap. */
  readonly references?: number;
  /** Above so many rows the gap is taken on a sample of them, since each table is clustered anew. */
  readonly gapRows?: number;
  readonly seed?: number;
}

export interface KPoint {
  readonly k: number;
  /** NaN where a measure is not defined, such as where fewer clusters came out. */
  readonly silhouette: number;
  readonly daviesBouldin: number;
  readonly calinskiHarabasz: number;
  readonly gap: number;
  readonly gapError: number;
}

export interface ChosenK {
  readonly k: number;
  readonly votes: Readonly<Record<'silhouette' | 'daviesBouldin' | 'calinskiHarabasz' | 'gap', number>>;
  readonly curve: readonly KPoint[];
  /** Rows on which the silhouette and the gap were taken, where not all. */
  readonly silhouetteRows?: number;
  readonly gapRows?: number;
}

type AnyClusterer = Clusterer<z.ZodObject, object>;

/** Whether the number of clusters is a parameter of that method, so that it can be chosen. */
export const takesK = (clusterer: AnyClusterer): boolean =>
  Object.hasOwn(clusterer.params.shape, countParameter(clusterer));

export const countParameter = ({ params }: AnyClusterer): string =>
  Object.hasOwn(params.shape, 'n_components') ? 'n_components' : 'n_clusters';

/**
 * The number of clusters by four measures, each with one vote: greatest silhouette, least Davies-Bouldin, greatest Calinski-Harabasz,
 * and the least k whose gap is no less than the next one's less its error. Most votes win; of equally many those for the greater silhouette.
 * @throws MlError BAD_PARAMETER where the method takes no number of clusters.
 */
export function chooseK(
  clusterer: AnyClusterer,
  X: Matrix,
  params: z.output<z.ZodObject>,
  context: FitContext,
  options: ChooseKOptions = {},
): ChosenK {
  const { from = 2, references = 5, gapRows = 5000, seed = 1 } = options;
  checkMatrix(X, 3);
  const to = Math.min(options.to ?? 10, X.rows - 1);
  if (!takesK(clusterer)) throw new MlError('BAD_PARAMETER', `${clusterer.title} takes no number of clusters`);
  if (from < 2 || to < from) throw new MlError('BAD_PARAMETER', `from ${from} to ${to} clusters`);
  const random = new Random(seed);
  const sampled = X.rows > gapRows;
  const order = sampled ? random.shuffle(Int32Array.from({ length: X.rows }, (_, row) => row)) : undefined;
  const G = order ? takeRows(X, order.slice(0, gapRows).sort()) : X;
  const tables = Array.from({ length: references }, () => uniformLike(G, random));
  const whole = cutter(clusterer, X, params, partOf(context, 0, 0.4));
  const gapLabels = sampled ? cutter(clusterer, G, params, {}) : whole;
  const referenceLabels = tables.map((table) => cutter(clusterer, table, params, {}));
  const curve: KPoint[] = [];
  let silhouetteRows: number | undefined;
  // The gap's rule looks one further.
  for (let k = from; k <= Math.min(to + 1, G.rows - 1); k++) {
    const done = (k - from) / (to + 2 - from);
    context.progress?.(0.4 + 0.6 * done);
    const quiet: FitContext = context.threads ? { threads: context.threads } : {};
    const { gap, error } = gapStatistic(
      G,
      gapLabels(k),
      (table) => referenceLabels[tables.indexOf(table)](k),
      tables,
      {},
    );
    if (k > to) {
      curve.push({
        k,
        silhouette: Number.NaN,
        daviesBouldin: Number.NaN,
        calinskiHarabasz: Number.NaN,
        gap,
        gapError: error,
      });
      break;
    }
    const labels = whole(k);
    const own = silhouette.score(X, labels, silhouette.params.parse({}), quiet);
    silhouetteRows = own.rows;
    curve.push({
      k,
      silhouette: own.value,
      daviesBouldin: daviesBouldin.score(X, labels, {}, quiet).value,
      calinskiHarabasz: calinskiHarabasz.score(X, labels, {}, quiet).value,
      gap,
      gapError: error,
    });
  }
  const candidates = curve.filter(({ k }) => k <= to);
  const votes = {
    silhouette: best(candidates, (point) => point.silhouette),
    daviesBouldin: best(candidates, (point) => -point.daviesBouldin),
    calinskiHarabasz: best(candidates, (point) => point.calinskiHarabasz),
    gap: gapVote(curve, to),
  };
  return {
    k: winner(candidates, Object.values(votes)),
    votes,
    curve: candidates,
    ...(silhouetteRows !== undefined && { silhouetteRows }),
    ...(sampled && { gapRows: G.rows }),
  };
}

/** Labels for any number of clusters; a tree of merges is made once and cut at each. */
function cutter(clusterer: AnyClusterer, X: Matrix, params: z.output<z.ZodObject>, context: FitContext) {
  const parameter = countParameter(clusterer);
  let tree: MergeTree | undefined;
  return (k: number): Int32Array => {
    if (tree) return cutByCount(tree, k);
    // A height to cut at would win over the count.
    const settings = clusterer.params.parse({
      ...params,
      [parameter]: k,
      ...(Object.hasOwn(params, 'distance_threshold') && { distance_threshold: 0 }),
    });
    const { labels, model } = clusterer.fit(X, settings, context);
    if (isTree(model)) tree = model;
    return labels;
  };
}

const isTree = (model: object): model is MergeTree => 'children' in model && 'heights' in model;

function best(points: readonly KPoint[], worth: (point: KPoint) => number): number {
  let most: KPoint | undefined;
  for (const point of points) if (!Number.isNaN(worth(point)) && (!most || worth(point) > worth(most))) most = point;
  return most?.k ?? points[0].k;
}

function gapVote(curve: readonly KPoint[], to: number): number {
  for (let at = 0; at + 1 < curve.length; at++)
    if (curve[at].gap >= curve[at + 1].gap - curve[at + 1].gapError) return curve[at].k;
  return Math.min(
    to,
    best(curve, ({ gap }) => gap),
  );
}

function winner(points: readonly KPoint[], votes: readonly number[]): number {
  const count = (k: number) => votes.filter((vote) => vote === k).length;
  const most = Math.max(...points.map(({ k }) => count(k)));
  return best(
    points.filter(({ k }) => count(k) === most),
    ({ silhouette }) => silhouette,
  );
}
