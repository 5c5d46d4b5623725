import { describe, expect, it } from 'vitest';
import { lossInDoubles } from '../../test/loss-in-doubles.ts';
import { sampleBlobs } from '../../test/sample-blobs.ts';
import { pca } from '../decomposition/pca.ts';
import { MlError } from '../errors.ts';
import { type Matrix, takeRows } from '../matrix.ts';
import { Random } from '../random.ts';
import { autoencoder, encodeRows } from './autoencoder.ts';

import { Network } from './network.ts';
import { ACTIVATIONS, mirroredShape } from './network-memory.ts';
import { firstWeights } from './train-autoencoder.ts';

const PLAIN = { means: new Float64Array(7), scale: 1 };
const X = sampleBlobs(45, 7, 3, 4, 2);

/** Odd widths, so that all are filled up, and rows for three parts of a batch, the last one short. */
function networkOf(activation: (typeof ACTIVATIONS)[number], rate = 0.001) {
  const shape = mirroredShape(7, [9, 5], 3, activation);
  const network = new Network(shape, X, PLAIN, { batch: 45, rate, context: {}, trains: true });
  // With biases of 0 the sums of a unit with nothing before it would be just where relu bends.
  const random = new Random(6);
  network.weights = firstWeights(shape, 5).map((weight) => weight + 0.1 * random.normal());
  network.ready();
  network.order.forEach((_, at, order) => {
    order[at] = at;
  });
  return { shape, network };
}

describe.each(ACTIVATIONS)('a network bent by %s', (activation) => {
  it('has the gradient that small differences of its loss come to', () => {
    const { shape, network } = networkOf(activation);
    const weights = Float64Array.from(network.weights);
    const rows = 37;
    const part = takeRows(
      X,
      Int32Array.from({ length: rows }, (_, at) => at),
    );
    const gradient = network.gradient(rows);
    network.close();
    expect(gradient.length).toBe(weights.length);
    const size = Math.hypot(...gradient) / Math.sqrt(gradient.length);
    gradient.forEach((value, at) => {
      const shifted = (by: number) => lossInDoubles(shape, weights.with(at, weights[at] + by), part);
      const difference = (shifted(1e-6) - shifted(-1e-6)) / 2e-6;
      expect(Math.abs(value - difference), `weight ${at}`).toBeLessThan(1e-3 * size + 1e-3 * Math.abs(difference));
    });
  });

  it('begins with a step of the learning rate against each slope (Adam)', () => {
    const { network } = networkOf(activation, 0.01);
    const before = network.weights;
    const gradient = network.gradient(45);
    network.epoch(45, () => {});
    const after = network.weights;
    network.close();
    gradient.forEach((slope, at) => {
      if (Math.abs(slope) > 1e-4) expect(after[at] - before[at]).toBeCloseTo(-0.01 * Math.sign(slope), 5);
    });
  });
});

const lost = (errors: Float64Array) => errors.reduce((sum, error) => sum + error, 0) / errors.length;

/** Rows near a plane of four dimensions in twelve columns, of unlike scales. */
function nearPlane(rows: number): Matrix {
  const inner = sampleBlobs(rows, 4, 5, 7, 8);
  const turn = sampleBlobs(4, 12, 1, 8, 1);
  const noise = sampleBlobs(rows, 12, 1, 9, 0);
  const data = new Float64Array(12 * rows);
  for (let at = 0; at < data.length; at++) {
    data[at] = 100 + noise.data[at];
    for (let k = 0; k < 4; k++) data[at] += inner.data[4 * Math.floor(at / 12) + k] * turn.data[12 * k + (at % 12)];
  }
  return { rows, columns: 12, data };
}

describe('autoencoder', () => {
  const table = nearPlane(1000);

  it('without bends loses what principal components lose, and can lose no less', () => {
    const params = {
      encoding_dim: 4,
      hidden_layers: [],
      learning_rate: 0.01,
      epochs: 60,
      patience: 0,
      validation_share: 0,
    };
    const { model, Z } = autoencoder.fit(table, autoencoder.params.parse(params), {});
    const { codes, errors } = encodeRows(model, table, {});
    expect(codes).toEqual(Z);
    const { explained_variance_ratio } = pca.fit(table, pca.params.parse({ n_components: 4 }), {}).model;
    const optimum = 1 - explained_variance_ratio.reduce((sum, share) => sum + share, 0);
    const share = lost(errors) / model.scale ** 2;
    expect(share / optimum).toBeGreaterThan(1 - 1e-4);
    expect(share / optimum).toBeLessThan(1.03);
  });

  it('tells what each row loses, in the units of the data', () => {
    const { model } = autoencoder.fit(table, autoencoder.params.parse({ encoding_dim: 3, epochs: 3 }), {});
    const shape = mirroredShape(12, [32], 3, 'relu');
    const { errors } = encodeRows(model, table, {});
    for (const row of [0, 17, 999]) {
      const scaled = takeRows(table, [row]);
      scaled.data.forEach((value, at) => {
        scaled.data[at] = (value - model.means[at]) / model.scale;
      });
      const own = lossInDoubles(shape, Float64Array.from(model.weights), scaled) * model.scale ** 2;
      expect(errors[row] / own).toBeCloseTo(1, 3);
    }
  });

  it('does not care for units', () => {
    const params = autoencoder.params.parse({ encoding_dim: 3, epochs: 3 });
    // A power of two, which changes no rounding.
    const larger = { ...table, data: table.data.map((value) => 1024 * value) };
    const { Z } = autoencoder.fit(table, params, {});
    expect(autoencoder.fit(larger, params, {}).Z).toEqual(Z);
  });

  it('ends when rows kept out gain no more, with the best weights, and tells the course of it', () => {
    const told: [string, number, number][] = [];
    const params = { encoding_dim: 4, epochs: 400, patience: 3, learning_rate: 0.01 };
    const { model } = autoencoder.fit(table, autoencoder.params.parse(params), {
      metric: (name, value, step) => told.push([name, value, step]),
    });
    const epochs = model.loss.length;
    expect(epochs).toBeLessThan(400);
    expect(model.validation_loss[model.best_epoch - 1]).toBe(Math.min(...model.validation_loss));
    expect(model.loss[epochs - 1]).toBeLessThan(model.loss[0]);
    expect(told.filter(([name]) => name === 'loss')).toEqual(
      [...model.loss].map((value, at) => ['loss', value, at + 1]),
    );
    expect(told.filter(([name]) => name === 'validation_loss').map(([, value]) => value)).toEqual([
      ...model.validation_loss,
    ]);
  });

  it('says so when it diverges', () => {
    const params = { activation: 'linear', hidden_layers: [64, 64, 64], learning_rate: 1, epochs: 200, patience: 0 };
    let error: unknown;
    try {
      autoencoder.fit(table, autoencoder.params.parse(params), {});
    } catch (thrown) {
      error = thrown;
    }
    expect(error instanceof MlError && error.code).toBe('BAD_PARAMETER');
    expect(String(error)).toContain('lower learning_rate');
  });

  it('takes rows that are all the same, and a table of one column', () => {
    const same = { rows: 9, columns: 2, data: new Float64Array(18).fill(3) };
    const params = autoencoder.params.parse({ epochs: 2 });
    expect([...encodeRows(autoencoder.fit(same, params, {}).model, same, {}).errors].every(Number.isFinite)).toBe(true);
    const narrow = { rows: 200, columns: 1, data: table.data.slice(0, 200) };
    expect(autoencoder.fit(narrow, params, {}).Z.columns).toBe(1);
  });
});
