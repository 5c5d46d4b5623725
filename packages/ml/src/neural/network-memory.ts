/** Where a network lies in a kernel's memory: what wasm/dense-layers.ts works on. */
import { MemoryPlan } from '../memory-plan.ts';

export const ACTIVATIONS = ['linear', 'relu', 'tanh', 'sigmoid'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

export interface NetworkShape {
  /** Columns, then the outputs of each layer; the last is as wide as the first. */
  readonly widths: readonly number[];
  /** Which layer gives the code. Its output and the last one are never bent. */
  readonly codeLayer: number;
  readonly activation: Activation;
}

/** From columns through hidden layers to the code and back through the same. */
export function mirroredShape(
  columns: number,
  hidden: readonly number[],
  code: number,
  activation: Activation,
): NetworkShape {
  const widths = [columns, ...hidden, code, ...hidden.toReversed(), columns];
  return { widths, codeLayer: hidden.length, activation };
}

/** The width as the kernel has it: up to a multiple of four by zeros. */
const padded = (width: number): number => Math.ceil(width / 4) * 4;

/** Gradients of a batch are taken in at most so many parts, whatever the number of threads: their sum depends on it. */
export const MOST_PARTS = 8;
const LEAST_PART_ROWS = 16;

const partRows = (batchRows: number): number => Math.max(LEAST_PART_ROWS, padded(Math.ceil(batchRows / MOST_PARTS)));

interface Layer {
  readonly inner: number;
  readonly outer: number;
  /** Places of its weights (inner x outer, then outer biases) among all. */
  readonly from: number;
  readonly width: number;
  readonly kind: number;
}

export interface NetworkMemory {
  readonly bytes: number;
  readonly layers: readonly Layer[];
  readonly shape: NetworkShape;
  /** Weights of all layers, those that fill widths up included; of the network's own arrays in f32. */
  readonly numbers: number;
  readonly rowWidth: number;
  readonly codeWidth: number;
  readonly partRows: number;
  readonly at: {
    readonly job: number;
    readonly X: number;
    readonly order: number;
    readonly weights: number;
    readonly turned: number;
    readonly moments: number;
    readonly squares: number;
    readonly gradients: number;
    readonly scratch: number;
    readonly losses: number;
    readonly errors: number;
    readonly codes: number;
  };
  readonly scratchBytes: number;
}

const LAYER_WORDS = 8;
const TABLE = 128;

/** A plan for `rows` rows; one that is only to encode has no room for training. */
export function planNetwork(shape: NetworkShape, rows: number, batchRows: number, trains: boolean): NetworkMemory {
  const { widths, codeLayer, activation } = shape;
  let numbers = 0;
  const layers = widths.slice(1).map((width, at): Layer => {
    const [inner, outer] = [padded(widths[at]), padded(width)];
    const from = numbers;
    numbers += (inner + 1) * outer;
    const isPlain = at === codeLayer || at === widths.length - 2;
    return { inner, outer, from, width, kind: isPlain ? 0 : ACTIVATIONS.indexOf(activation) };
  });
  const part = partRows(batchRows);
  const inPart = widths.reduce((sum, width) => sum + padded(width), 0);
  const scratchBytes = Math.ceil((8 * part * inPart) / 64) * 64;
  const plan = new MemoryPlan();
  const training = trains ? 4 * numbers : 0;
  const codeWidth = padded(widths[codeLayer + 1]);
  const at = {
    job: plan.place(TABLE + 4 * LAYER_WORDS * layers.length),
    X: plan.place(4 * rows * padded(widths[0])),
    order: plan.place(4 * rows),
    weights: plan.place(4 * numbers),
    turned: plan.place(training),
    moments: plan.place(training),
    squares: plan.place(training),
    gradients: plan.place(MOST_PARTS * training),
    scratch: plan.place(MOST_PARTS * scratchBytes),
    losses: plan.place(8 * MOST_PARTS),
    errors: plan.place(8 * rows),
    codes: plan.place(4 * rows * codeWidth),
  };
  const rowWidth = padded(widths[0]);
  return { bytes: plan.bytes, layers, shape, numbers, rowWidth, codeWidth, partRows: part, at, scratchBytes };
}

/** Writes what the kernel reads at `job`. */
export function writeJob(memory: NetworkMemory, buffer: ArrayBufferLike, batchRows: number, rate: number): void {
  const { at, layers, shape, rowWidth } = memory;
  const words = [layers.length, 4 * rowWidth, memory.partRows, batchRows, at.order, at.X, at.weights, at.turned];
  words.push(at.moments, at.squares, at.gradients, memory.numbers, at.scratch, memory.scratchBytes);
  words.push(shape.widths[0], shape.codeLayer, at.losses);
  new Uint32Array(buffer, at.job, words.length).set(words);
  new Float64Array(buffer, at.job + RATE, 3).set([rate, 1, 1]);
  let place = 4 * memory.partRows * rowWidth;
  const inputs = [0];
  for (const { outer } of layers) {
    inputs.push(place);
    place += 4 * memory.partRows * outer;
  }
  // Gradients of each layer's output lie behind all outputs.
  const gradientsFrom = place - inputs[1];
  layers.forEach(({ inner, outer, from, width, kind }, layer) => {
    const output = inputs[layer + 1];
    const entry = [inner, outer, from, kind, inputs[layer], output, width, output + gradientsFrom];
    new Uint32Array(buffer, at.job + TABLE + 4 * LAYER_WORDS * layer, LAYER_WORDS).set(entry);
  });
}

const RATE = 72;
const LOSS = 104;

/** Squared errors of the steps since it was read last. */
export function takeLoss({ at }: NetworkMemory, buffer: ArrayBufferLike): number {
  const sum = new Float64Array(buffer, at.job + LOSS, 1);
  const loss = sum[0];
  sum[0] = 0;
  return loss;
}

/** Weights as a model keeps them: of each layer, inputs x outputs and then the biases, without what fills widths up. */
export function packWeights({ layers, shape }: NetworkMemory, full: Float32Array): Float32Array {
  const packed = new Float32Array(weightCount(shape));
  let to = 0;
  layers.forEach(({ inner, outer, from, width }, layer) => {
    for (let row = 0; row <= shape.widths[layer]; row++) {
      const start = from + (row < shape.widths[layer] ? row : inner) * outer;
      packed.set(full.subarray(start, start + width), to);
      to += width;
    }
  });
  return packed;
}

/** The reverse of packWeights. */
export function unpackWeights({ layers, shape }: NetworkMemory, packed: Float32Array, full: Float32Array): void {
  let at = 0;
  layers.forEach(({ inner, outer, from, width }, layer) => {
    for (let row = 0; row <= shape.widths[layer]; row++) {
      full.set(packed.subarray(at, at + width), from + (row < shape.widths[layer] ? row : inner) * outer);
      at += width;
    }
  });
}

export const weightCount = ({ widths }: NetworkShape): number =>
  widths.slice(1).reduce((sum, width, at) => sum + (widths[at] + 1) * width, 0);
