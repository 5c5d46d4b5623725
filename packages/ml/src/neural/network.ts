import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import { type ParallelKernel, parallelKernel } from '../parallel-kernel.ts';
import { WASM_BASE64 } from './dense-layers.generated.ts';
import {
  MOST_PARTS,
  type NetworkMemory,
  type NetworkShape,
  packWeights,
  planNetwork,
  takeLoss,
  unpackWeights,
  writeJob,
} from './network-memory.ts';
import { type Scaling, writeScaled } from './scaled-rows.ts';

/** Of wasm/dense-layers.ts. */
interface Exports {
  gradients(job: number, slot: number, from: number, count: number, total: number): void;
  begin(job: number): void;
  update(job: number, parts: number, from: number, to: number): void;
  turn(job: number, layer: number): void;
  count(job: number, parts: number): void;
  train(job: number, from: number, to: number): void;
  evaluate(job: number, slot: number, from: number, to: number, order: number, codes: number, errors: number): void;
}

/** Multiplications of a step from which threads shared out save more time than they take to meet. */
const SHARED_STEP = 4e6;
/** Multiplications between two looks at whether the fit is to be given up: about a tenth of a second. */
const BETWEEN_LOOKS = 5e8;
const LEAST_SHARED_ROWS = 2048;

/** A network of dense layers over rows, in a kernel's memory. Must be closed. */
export class Network {
  readonly #kernel: ParallelKernel<Exports>;
  readonly #memory: NetworkMemory;
  readonly #rows: number;
  readonly #batch: number;
  readonly #context: FitContext;

  /** @throws MlError BAD_PARAMETER where compiled code cannot run here. */
  constructor(
    shape: NetworkShape,
    X: Matrix,
    scaling: Scaling,
    { batch, rate, context, trains }: { batch: number; rate: number; context: FitContext; trains: boolean },
  ) {
    this.#memory = planNetwork(shape, X.rows, batch, trains);
    this.#rows = X.rows;
    this.#batch = batch;
    this.#context = context;
    const kernel = parallelKernel<Exports>(WASM_BASE64, this.#memory.bytes, context.threads);
    if (!kernel) {
      throw new MlError(
        'BAD_PARAMETER',
        `The autoencoder needs WebAssembly with SIMD and threads, and ${this.#memory.bytes} bytes of its memory, which has 4 GB at the most`,
      );
    }
    this.#kernel = kernel;
    writeJob(this.#memory, kernel.buffer, batch, rate);
    const { at, rowWidth } = this.#memory;
    writeScaled(X, scaling, new Float32Array(kernel.buffer, at.X, X.rows * rowWidth), rowWidth);
  }

  /** Which rows are trained on, in this order; then those to be judged by. */
  get order(): Int32Array {
    return new Int32Array(this.#kernel.buffer, this.#memory.at.order, this.#rows);
  }

  get weights(): Float32Array {
    return packWeights(this.#memory, this.#full());
  }

  set weights(packed: Float32Array) {
    unpackWeights(this.#memory, packed, this.#full());
  }

  #full(): Float32Array {
    return new Float32Array(this.#kernel.buffer, this.#memory.at.weights, this.#memory.numbers);
  }

  /** To be called before training, after weights were set. */
  ready(): void {
    for (let layer = 0; layer < this.#memory.layers.length; layer++)
      this.#kernel.exports.turn(this.#memory.at.job, layer);
  }

  /** Gradient of the mean squared error over the first `rows` of `order`, as `weights`. At most a batch. */
  gradient(rows: number): Float32Array {
    const { numbers, at } = this.#memory;
    const parts = this.#gradients(0, rows);
    const all = new Float32Array(this.#kernel.buffer, at.gradients, parts * numbers);
    return packWeights(
      this.#memory,
      Float32Array.from({ length: numbers }, (_, place) => {
        let sum = 0;
        for (let part = 0; part < parts; part++) sum += all[part * numbers + place];
        return sum;
      }),
    );
  }

  #gradients(from: number, rows: number): number {
    const { partRows, at } = this.#memory;
    const calls: number[][] = [];
    for (let row = 0; row < rows; row += partRows)
      calls.push([at.job, calls.length, from + row, Math.min(partRows, rows - row), rows]);
    this.#kernel.run('gradients', calls);
    return calls.length;
  }

  /**
   * Steps by batches over the first `rows` of `order`.
   * @returns the sum of squared errors, each row's before its own step.
   */
  epoch(rows: number, progress: (done: number) => void): number {
    const { numbers, at } = this.#memory;
    const batch = this.#batch;
    const isShared = (this.#context.threads?.count ?? 1) > 1 && 3 * numbers * batch >= SHARED_STEP;
    const stepsAtOnce = Math.max(1, Math.ceil(BETWEEN_LOOKS / (3 * numbers * batch)));
    for (let from = 0; from < rows; ) {
      const to = Math.min(rows, from + (isShared ? 1 : stepsAtOnce) * batch);
      if (isShared) this.#step(from, to - from);
      else this.#kernel.exports.train(at.job, from, to);
      from = to;
      if (!isShared || (from / batch) % stepsAtOnce < 1 || from === rows) progress(from / rows);
    }
    return takeLoss(this.#memory, this.#kernel.buffer);
  }

  /** What `train` does of a batch, by all threads. */
  #step(from: number, rows: number): void {
    const { numbers, at, layers } = this.#memory;
    const { exports } = this.#kernel;
    const parts = this.#gradients(from, rows);
    exports.begin(at.job);
    const size = 4 * Math.ceil(numbers / 4 / MOST_PARTS);
    const pieces: number[][] = [];
    for (let first = 0; first < numbers; first += size)
      pieces.push([at.job, parts, first, Math.min(numbers, first + size)]);
    this.#kernel.run('update', pieces);
    this.#kernel.run(
      'turn',
      layers.map((_, layer) => [at.job, layer]),
    );
    exports.count(at.job, parts);
  }

  /** Sum of squared errors of each row of `order` [from, to). */
  errorsOf(from: number, to: number): Float64Array {
    this.#evaluate(from, to, this.#memory.at.order, 0, this.#memory.at.errors);
    return new Float64Array(this.#kernel.buffer, this.#memory.at.errors, this.#rows).slice(from, to);
  }

  /** Of all rows, as they stand: their codes and sums of squared errors. */
  codes(): { readonly codes: Matrix; readonly errors: Float64Array } {
    const { at, codeWidth, shape } = this.#memory;
    this.#evaluate(0, this.#rows, 0, at.codes, at.errors);
    const columns = shape.widths[shape.codeLayer + 1];
    const codes = { rows: this.#rows, columns, data: new Float64Array(this.#rows * columns) };
    const from = new Float32Array(this.#kernel.buffer, at.codes, this.#rows * codeWidth);
    for (let row = 0; row < this.#rows; row++)
      codes.data.set(from.subarray(row * codeWidth, row * codeWidth + columns), row * columns);
    return { codes, errors: new Float64Array(this.#kernel.buffer, at.errors, this.#rows).slice() };
  }

  #evaluate(from: number, to: number, order: number, codes: number, errors: number): void {
    const { at, partRows } = this.#memory;
    const parts = to - from >= LEAST_SHARED_ROWS ? MOST_PARTS : 1;
    const size = Math.ceil((to - from) / parts / partRows) * partRows;
    const calls: number[][] = [];
    for (let row = from; row < to; row += size)
      calls.push([at.job, calls.length, row, Math.min(to, row + size), order, codes, errors]);
    this.#kernel.run('evaluate', calls);
  }

  close(): void {
    this.#kernel.close();
  }
}
