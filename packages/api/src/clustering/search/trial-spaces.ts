import type { FitContext } from '@kindred/ml/estimator.ts';
import type { Matrix } from '@kindred/ml/matrix.ts';
import { fitPreprocess } from '@kindred/ml/preprocessing/preprocess.ts';
import { preprocessParams } from '@kindred/ml/preprocessing/preprocess-params.ts';
import type { Table } from '@kindred/ml/preprocessing/table.ts';
import { DomainError } from '../../errors.ts';
import { fitParams } from '../clustering-params.ts';
import { inWords, type SizedMethod, whatFits } from '../forecast/memory-need.ts';
import { fitSeconds } from '../forecast/method-seconds.ts';
import { CLUSTERING_METHODS, methodNamed, type Params, REDUCTION_METHODS } from '../methods.ts';
import { takeTableRows } from '../read-table.ts';
import { sampleRows } from '../sample-rows.ts';
import type { Reduction } from './grids.ts';
import { ASKED_ROWS } from './judge.ts';
import type { Trial } from './plan-trials.ts';
import { PREPARATIONS, type Preparation, REFERENCE } from './preparations.ts';

/** Spaces of all rows that are kept: trials of one space mostly follow one another only among finalists. */
const KEPT_WHOLE = 2;

/** Of each value that is filled, bent and scaled, on the machine of the models. */
const PREPARE_SECONDS = 1e-6;

/** A trial is not run, and why. */
export class DoesNotFit extends Error {}

const spaceOf = ({ preparation, reduction }: Trial): string => JSON.stringify([preparation, reduction]);

/** The rows as trials see them: prepared, and reduced, each made when it is first asked for. */
export class TrialSpaces {
  /** Places of the rows on which trials begin, ascending. */
  readonly sample: Int32Array;
  readonly rows: number;
  readonly #table: Table;
  readonly #seed: number;
  readonly #limit: number;
  readonly #preparedSample = new Map<Preparation, Matrix>();
  readonly #prepared = new Map<Preparation, Matrix>();
  readonly #sampled = new Map<string, Matrix>();
  readonly #whole = new Map<string, Matrix>();

  /** @param limit bytes that a fit may plan for. */
  constructor(table: Table, options: { readonly sampleRows: number; readonly seed: number; readonly limit: number }) {
    this.#table = table;
    this.#seed = options.seed;
    this.#limit = options.limit;
    this.rows = table.rows;
    this.sample = sampleRows(table.rows, options.sampleRows, options.seed);
  }

  get isSampled(): boolean {
    return this.sample.length < this.rows;
  }

  /** Where trials are judged: all rows. */
  reference(context: FitContext): Matrix {
    return this.#preparedBy(REFERENCE, context);
  }

  /** The same of the sample's rows, as these alone prepare it: preparing all rows of a large table takes longer than many trials. */
  sampledReference(context: FitContext): Matrix {
    return this.#preparedOfSample(REFERENCE, context);
  }

  /** The sample's rows in the space of a trial. @throws DoesNotFit where all rows would not fit into it. */
  sampled(trial: Trial, context: FitContext): Matrix {
    const { preparation, reduction } = trial;
    const key = spaceOf(trial);
    const known = this.#sampled.get(key);
    if (known) return known;
    const Z = this.#reduce(reduction, this.#preparedOfSample(preparation, context), context);
    this.#sampled.set(key, Z);
    return Z;
  }

  /** All rows in the space of a trial. */
  whole(trial: Trial, context: FitContext): Matrix {
    if (!this.isSampled) return this.sampled(trial, context);
    const key = spaceOf(trial);
    const known = this.#whole.get(key);
    if (known) return known;
    const Z = this.#reduce(trial.reduction, this.#preparedBy(trial.preparation, context), context);
    const [oldest] = this.#whole.keys();
    if (this.#whole.size >= KEPT_WHOLE && oldest !== undefined) this.#whole.delete(oldest);
    this.#whole.set(key, Z);
    return Z;
  }

  /**
   * Seconds by the models of what is to do of preparing and reducing all rows, fitting to them and judging them: of a trial that was done on
   * the sample.
   * @param params for all rows.
   */
  wholeSeconds(trial: Trial, params: Params): number {
    const Z = this.#sampled.get(spaceOf(trial));
    const method = methodNamed(CLUSTERING_METHODS, trial.method);
    if (!this.isSampled || !Z || !method) return 0;
    const reducer = methodNamed(REDUCTION_METHODS, trial.reduction.method);
    const columns = this.#preparedSample.get(trial.preparation)?.columns ?? Z.columns;
    const toPrepare = [...new Set([trial.preparation, REFERENCE])].filter((name) => !this.#prepared.has(name)).length;
    const preparing = toPrepare * PREPARE_SECONDS * this.rows * columns;
    const reducing = reducer
      ? fitSeconds(reducer.name, this.rows, columns, reducer.params.parse(trial.reduction.params))
      : 0;
    const fitting = fitSeconds(method.name, this.rows, Z.columns, method.params.parse(params));
    // Some rows are asked, each of all.
    const judging = fitSeconds('silhouette', this.rows, columns, { exact_rows: 0, sample_size: ASKED_ROWS });
    return preparing + reducing + fitting + judging;
  }

  /** @throws DoesNotFit */
  refuse(method: SizedMethod, others: readonly SizedMethod[], columns: number, params: Params): void {
    const size = { rows: this.rows, columns };
    const needed = method.memory(size.rows, columns, params);
    if (needed <= this.#limit) return;
    const [needs, has] = [needed, this.#limit].map((bytes) => Math.ceil(bytes / 2 ** 20));
    const fitting = inWords(whatFits(method, others, size, params, this.#limit));
    throw new DoesNotFit(`${method.title} of ${this.rows} rows needs ${needs} MB, and there are ${has} MB; ${fitting}`);
  }

  #preparedOfSample(name: Preparation, context: FitContext): Matrix {
    if (!this.isSampled) return this.#preparedBy(name, context);
    const known =
      this.#preparedSample.get(name) ?? this.#prepare(takeTableRows(this.#table, this.sample), name, context);
    this.#preparedSample.set(name, known);
    return known;
  }

  #preparedBy(name: Preparation, context: FitContext): Matrix {
    const known = this.#prepared.get(name) ?? this.#prepare(this.#table, name, context);
    this.#prepared.set(name, known);
    return known;
  }

  #prepare(table: Table, name: Preparation, context: FitContext): Matrix {
    const { X, kept } = fitPreprocess(table, preprocessParams.parse(PREPARATIONS[name].params), context);
    if (kept.length < table.rows) throw new DomainError('INTERNAL', `The preparation ${name} left rows out`);
    return X;
  }

  #reduce(chosen: Reduction, X: Matrix, context: FitContext): Matrix {
    const method = methodNamed(REDUCTION_METHODS, chosen.method);
    if (!method) return X;
    const params = fitParams(
      method,
      { method: method.name, params: method.params.parse(chosen.params) as never },
      this.#seed,
    );
    this.refuse(method, REDUCTION_METHODS, X.columns, params);
    return method.fit(X, params, context).Z;
  }
}
