/** Against tensorflow.js: the same network from the same first weights, step by step. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleBlobs } from '../../test/sample-blobs.ts';
import { Network } from './network.ts';
import { ACTIVATIONS, mirroredShape, type NetworkShape } from './network-memory.ts';
import { firstWeights } from './train-autoencoder.ts';

const X = sampleBlobs(64, 7, 3, 4, 2);
const STEPS = 60;

/** Losses of steps by all rows at once, so that their order does not matter. */
function ownLosses(shape: NetworkShape): number[] {
  const scaling = { means: new Float64Array(7), scale: 1 };
  const network = new Network(shape, X, scaling, { batch: 64, rate: 0.01, context: {}, trains: true });
  network.weights = firstWeights(shape, 5);
  network.ready();
  network.order.forEach((_, at, order) => {
    order[at] = at;
  });
  const losses = Array.from({ length: STEPS }, () => network.epoch(64, () => {}) / X.data.length);
  network.close();
  return losses;
}

function theirLosses({ widths, codeLayer, activation }: NetworkShape): number[] {
  const first = firstWeights({ widths, codeLayer, activation }, 5);
  const model = tf.sequential();
  let at = 0;
  widths.slice(1).forEach((units, layer) => {
    const isPlain = layer === codeLayer || layer === widths.length - 2;
    const inner = widths[layer];
    model.add(tf.layers.dense({ units, inputShape: [inner], activation: isPlain ? 'linear' : activation }));
    const kernel = tf.tensor2d(first.slice(at, at + inner * units), [inner, units]);
    at += (inner + 1) * units;
    model.layers[layer].setWeights([kernel, tf.zeros([units])]);
  });
  const rows = tf.tensor2d(Float32Array.from(X.data), [64, 7]);
  const optimizer = tf.train.adam(0.01, 0.9, 0.999, 1e-8);
  return Array.from({ length: STEPS }, () =>
    tf.tidy(() => {
      const loss = optimizer.minimize(
        () => tf.losses.meanSquaredError(rows, model.apply(rows, { training: true }) as tf.Tensor).asScalar(),
        true,
      );
      return loss?.dataSync()[0] ?? Number.NaN;
    }),
  );
}

beforeAll(() => tf.setBackend('cpu'));

describe.each(ACTIVATIONS)('a network bent by %s', (activation) => {
  it('learns as in tensorflow.js, step by step', () => {
    const shape = mirroredShape(7, [9, 5], 3, activation);
    const theirs = theirLosses(shape);
    expect(theirs[STEPS - 1]).toBeLessThan(0.8 * theirs[0]);
    ownLosses(shape).forEach((loss, step) => {
      expect(loss / theirs[step], `step ${step}`).toBeCloseTo(1, 3);
    });
  });
});
