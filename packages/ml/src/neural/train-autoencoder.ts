import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import { Random } from '../random.ts';
import type { Network } from './network.ts';
import { type NetworkShape, weightCount } from './network-memory.ts';

export interface Training {
  readonly epochs: number;
  readonly patience: number;
  readonly rate: number;
  readonly seed: number;
  /** Rows that are kept out of training, to judge by. */
  readonly kept: number;
}

export interface Course {
  /** Mean squared error of a value after each epoch, in units of the data's variance: the share of it that is lost. */
  readonly loss: Float64Array;
  /** Of the rows kept out; empty without any. */
  readonly validation: Float64Array;
  /** The weights of the best epoch, by the rows kept out where there are any. */
  readonly weights: Float32Array;
  readonly best: number;
}

/** A loss so many times the data's variance comes of steps that lead away from any solution. */
const DIVERGED = 1000;
/** A gain of less than this share of the loss is none. */
const LEAST_GAIN = 1e-4;

/** Uniform within +-sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010), biases 0. */
export function firstWeights(shape: NetworkShape, seed: number): Float32Array {
  const random = new Random(seed, 41);
  const weights = new Float32Array(weightCount(shape));
  let at = 0;
  shape.widths.slice(1).forEach((width, layer) => {
    const inner = shape.widths[layer];
    const most = Math.sqrt(6 / (inner + width));
    for (let last = at + inner * width; at < last; at++) weights[at] = most * (2 * random.uniform() - 1);
    at += width;
  });
  return weights;
}

/**
 * Steps of Adam by batches of rows in an order drawn anew for each epoch.
 * @throws MlError BAD_PARAMETER where the loss grows beyond all bounds.
 */
export function trainAutoencoder(
  network: Network,
  shape: NetworkShape,
  rows: number,
  { epochs, patience, rate, seed, kept }: Training,
  context: FitContext,
): Course {
  const columns = shape.widths[0];
  const random = new Random(seed, 43);
  const order = network.order;
  for (let row = 0; row < rows; row++) order[row] = row;
  random.shuffle(order);
  const trained = rows - kept;
  const loss: number[] = [];
  const validation: number[] = [];
  network.weights = firstWeights(shape, seed);
  network.ready();
  let best = { epoch: 0, weights: network.weights };
  let counted = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    random.shuffle(order.subarray(0, trained));
    const squares = network.epoch(trained, (done) => context.progress?.((epoch - 1 + done) / epochs));
    loss.push(squares / (trained * columns));
    context.metric?.('loss', loss[epoch - 1], epoch);
    if (kept > 0) {
      const errors = network.errorsOf(trained, rows);
      validation.push(errors.reduce((sum, error) => sum + error, 0) / (kept * columns));
      context.metric?.('validation_loss', validation[epoch - 1], epoch);
    }
    const judged = kept > 0 ? validation : loss;
    const now = judged[epoch - 1];
    if (!(now + loss[epoch - 1] < DIVERGED)) {
      const text = `The autoencoder's error grew beyond all bounds in epoch ${epoch} (${now} of the data's variance)`;
      throw new MlError('BAD_PARAMETER', `${text}: take a lower learning_rate than ${rate}`);
    }
    if (epoch === 1 || now < judged[best.epoch - 1]) {
      if (epoch === 1 || now < judged[counted - 1] * (1 - LEAST_GAIN)) counted = epoch;
      best = { epoch, weights: network.weights };
    }
    if (patience > 0 && epoch - counted >= patience) break;
  }
  return {
    loss: Float64Array.from(loss),
    validation: Float64Array.from(validation),
    weights: best.weights,
    best: best.epoch,
  };
}
