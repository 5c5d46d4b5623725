import { suggestEps, suggestEpsBytes } from '@kindred/ml/clustering/eps-suggestion.ts';
import type { FitContext } from '@kindred/ml/estimator.ts';
import { type Matrix, takeRows } from '@kindred/ml/matrix.ts';
import { DomainError } from '../../errors.ts';
import { CLUSTERING_METHODS, methodNamed, type Params } from '../methods.ts';
import type { Trial } from './plan-trials.ts';
import { DoesNotFit, type TrialSpaces } from './trial-spaces.ts';

/** Fewest rows of a cluster that a share of them may come to. */
const LEAST_CLUSTER = 5;

export interface Fit {
  readonly labels: Int32Array;
  /** Of the clustering, for all rows: what a job is given. */
  readonly params: Params;
}

/** A method, and the rows of the sample with the parameters that suit as many. */
export interface SampleFit extends Fit {
  readonly method: ReturnType<typeof clustererOf>;
  readonly Z: Matrix;
  readonly own: Params;
}

/** Does trials on the sample's rows, or on all. */
export class TrialFitter {
  readonly #spaces: TrialSpaces;
  readonly #seed: number;
  readonly #limit: number;
  readonly #knees = new WeakMap<Matrix, Map<number, number>>();

  /** @param limit bytes that a fit may plan for. */
  constructor(spaces: TrialSpaces, seed: number, limit: number) {
    this.#spaces = spaces;
    this.#seed = seed;
    this.#limit = limit;
  }

  /** @throws DoesNotFit where a fit to all rows would not; what a method throws. */
  onSample(trial: Trial, context: FitContext): SampleFit {
    const Z = this.#spaces.sampled(trial, context);
    const method = clustererOf(trial);
    const params = this.#settled(trial, Z, this.#spaces.rows, context);
    this.#spaces.refuse(method, CLUSTERING_METHODS, Z.columns, this.#parsed(trial, params));
    const own = this.#parsed(trial, this.#settled(trial, Z, Z.rows, context));
    return { method, Z, own, params, labels: method.fit(Z, own, context).labels };
  }

  /** As a job would. @throws what a method throws. */
  onAll(trial: Trial, context: FitContext): Fit {
    const Z = this.#spaces.whole(trial, context);
    const params = this.#settled(trial, takeRows(Z, this.#spaces.sample), Z.rows, context);
    return { labels: clustererOf(trial).fit(Z, this.#parsed(trial, params), context).labels, params };
  }

  #parsed(trial: Trial, params: Params): Params {
    const method = clustererOf(trial);
    return method.params.parse({ ...params, ...('seed' in method.params.shape ? { seed: this.#seed } : {}) });
  }

  /** The trial's parameters for a fit to so many rows, of which `sample` are some in the same space. */
  #settled({ tuned, params }: Trial, sample: Matrix, rows: number, context: FitContext): Params {
    if (tuned === null) return params;
    if (tuned.kind === 'share')
      return { ...params, min_cluster_size: Math.max(LEAST_CLUSTER, Math.round(tuned.share * rows)) };
    const eps = tuned.factor * this.#knee(sample, tuned.neighbours, context);
    return { ...params, eps, min_samples: Math.round((tuned.neighbours * rows) / sample.rows) };
  }

  #knee(sample: Matrix, neighbours: number, context: FitContext): number {
    const knees = this.#knees.get(sample) ?? new Map<number, number>();
    this.#knees.set(sample, knees);
    const known = knees.get(neighbours);
    if (known !== undefined) return known;
    if (suggestEpsBytes(sample.rows, sample.columns, neighbours) > this.#limit)
      throw new DoesNotFit('The distances of neighbours do not fit into the memory of a stage');
    const { eps } = suggestEps(sample, neighbours, context);
    if (eps <= 0) throw new DoesNotFit(`Most rows have ${neighbours} equal ones: there is no distance to choose`);
    knees.set(neighbours, eps);
    return eps;
  }
}

function clustererOf({ method }: Trial) {
  const found = methodNamed(CLUSTERING_METHODS, method);
  if (!found) throw new DomainError('INTERNAL', `There is no clustering method ${method}`);
  return found;
}
