import { chooseK, countParameter, takesK } from '@kindred/ml/clustering/choose-k.ts';
import type { FitContext } from '@kindred/ml/estimator.ts';
import type { Matrix } from '@kindred/ml/matrix.ts';
import { curveChart } from '../charts/curve-chart.ts';
import { DomainError } from '../errors.ts';
import type { Json, StageContext } from '../pipelines/stage.ts';
import type { CLUSTERING_METHODS, Params } from './methods.ts';

/**
 * The parameters with the number of clusters that most measures vote for; the votes are written as `choice.json`.
 * @throws DomainError INVALID_INPUT for a method that takes no number of clusters.
 */
export async function chooseClusters(
  context: StageContext,
  method: (typeof CLUSTERING_METHODS)[number],
  X: Matrix,
  params: Params,
  range: { readonly from: number; readonly to: number },
  fit: FitContext,
): Promise<Params> {
  if (!takesK(method)) {
    throw new DomainError('INVALID_INPUT', `${method.title} takes no number of clusters: leave automatic_k out`, {
      details: { field: 'automatic_k' },
    });
  }
  const chosen = chooseK(method, X, params, fit, { ...range, seed: context.seed });
  const scaled = (pick: (point: (typeof chosen.curve)[number]) => number) => {
    const values = chosen.curve.map(pick);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return values.map((value) => (high > low ? (value - low) / (high - low) : 0));
  };
  const x = chosen.curve.map(({ k }) => k);
  const curves = [
    { name: 'silhouette', x, y: scaled(({ silhouette }) => silhouette) },
    { name: 'Davies-Bouldin, turned', x, y: scaled(({ daviesBouldin }) => -daviesBouldin) },
    { name: 'Calinski-Harabasz', x, y: scaled(({ calinskiHarabasz }) => calinskiHarabasz) },
    { name: 'gap', x, y: scaled(({ gap }) => gap) },
  ];
  const option = curveChart(curves, {
    title: 'Number of clusters',
    subtitle: 'each measure from its worst (0) to its best (1) of those tried',
    xName: 'clusters',
    yName: 'measure',
    mark: { x: chosen.k, name: `${chosen.k} chosen` },
  });
  await context.outputJson('choice.json', {
    ...(JSON.parse(JSON.stringify(chosen)) as { [key: string]: Json }),
    chart: option as Json,
  });
  return { ...params, [countParameter(method)]: chosen.k };
}
