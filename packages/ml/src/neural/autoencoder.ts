import { z } from 'zod';
import { MlError } from '../errors.ts';
import { defineReducer, type FitContext } from '../estimator.ts';
import { checkMatrix, type Matrix, zeros } from '../matrix.ts';
import { float32Array, float64Array } from '../model-arrays.ts';
import { Network } from './network.ts';
import { ACTIVATIONS, mirroredShape, type NetworkShape, planNetwork, weightCount } from './network-memory.ts';
import { type Scaling, scalingOf } from './scaled-rows.ts';
import { trainAutoencoder } from './train-autoencoder.ts';

const params = z.object({
  encoding_dim: z
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe('Columns of the result; at most as many as there are columns.'),
  hidden_layers: z
    .array(z.int().min(1).max(1024))
    .max(8)
    .default([32])
    .describe(
      'Widths of the layers between the columns and the result; the way back has the same. None: as PCA, but learnt.',
    ),
  activation: z
    .enum(ACTIVATIONS)
    .default('relu')
    .describe('What bends the hidden layers. The result itself is not bent: half of its values would be lost.'),
  epochs: z.int().min(1).max(10_000).default(50).describe('Most passes over the rows.'),
  batch_size: z
    .int()
    .min(1)
    .max(8192)
    .default(32)
    .describe('Rows of a step: more are faster by the pass, and learn less by it.'),
  learning_rate: z
    .number()
    .positive()
    .max(1)
    .default(0.001)
    .describe("Length of Adam's steps, for rows of variance 1, to which they are brought: its authors' own."),
  validation_share: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.1)
    .describe('Share of the rows that is kept out of training, to tell when it is done; 0: none.'),
  patience: z
    .int()
    .min(0)
    .max(10_000)
    .default(5)
    .describe('Passes without a gain of a ten-thousandth after which it ends; 0: never before the last.'),
  seed: z.int().min(0).default(0).describe('Seed of first weights, of the rows kept out and of the order of rows.'),
});
type Params = z.output<typeof params>;

const model = z.object({
  columns: z.int().positive(),
  code: z.int().positive(),
  hidden: float64Array,
  activation: z.enum(ACTIVATIONS),
  means: float64Array,
  scale: z.number(),
  /** Of each layer, inputs x outputs and then the biases. */
  weights: float32Array,
  /** Share of the rows' variance that is lost, after each epoch; of the rows kept out too where there were any. */
  loss: float64Array,
  validation_loss: float64Array,
  /** The epoch, from 1, whose weights these are. */
  best_epoch: z.int(),
});
export type AutoencoderModel = z.output<typeof model>;

/** Rows below which none are kept out: a few would tell nothing. */
const LEAST_VALIDATED = 100;

const keptRows = (rows: number, share: number): number => (rows < LEAST_VALIDATED ? 0 : Math.floor(share * rows));

const shapeOf = (columns: number, { hidden_layers, encoding_dim, activation }: Params): NetworkShape =>
  mirroredShape(columns, hidden_layers, Math.min(encoding_dim, columns), activation);

/** Rows of other tables are passed through in parts of this many. */
const ENCODED_AT_ONCE = 16_384;

/** Codes of rows and the mean squared error of their values when given back, in the data's own units. */
export function encodeRows(
  fitted: AutoencoderModel,
  X: Matrix,
  context: FitContext,
): { codes: Matrix; errors: Float64Array } {
  const { columns, code, activation } = fitted;
  if (X.columns !== columns) throw new MlError('SHAPE_MISMATCH', `${X.columns} columns, not ${columns}`);
  const shape = mirroredShape(columns, [...fitted.hidden], code, activation);
  if (fitted.weights.length !== weightCount(shape))
    throw new MlError('BAD_MODEL_BYTES', 'weights do not fit the layers');
  const codes = zeros(X.rows, code);
  const errors = new Float64Array(X.rows);
  if (X.rows === 0) return { codes, errors };
  checkMatrix(X);
  for (let from = 0; from < X.rows; from += ENCODED_AT_ONCE) {
    const rows = Math.min(ENCODED_AT_ONCE, X.rows - from);
    const part = { rows, columns, data: X.data.subarray(from * columns, (from + rows) * columns) };
    const network = new Network(shape, part, fitted, { batch: 128, rate: 0, context, trains: false });
    try {
      network.weights = fitted.weights;
      const found = network.codes();
      codes.data.set(found.codes.data, from * code);
      for (let row = 0; row < rows; row++) errors[from + row] = (found.errors[row] * fitted.scale ** 2) / columns;
    } finally {
      network.close();
    }
  }
  return { codes, errors };
}

/**
 * A network of dense layers that learns to give rows back after passing them through few columns (Hinton and Salakhutdinov,
 * "Reducing the dimensionality of data with neural networks", Science 2006), by Adam on the mean squared error. Without hidden layers
 * or bends it comes to the space of the principal components. Calculations are in f32, in compiled code; gradients of a batch are summed by
 * parts that do not depend on the threads, so neither does the result.
 */
export const autoencoder = defineReducer({
  name: 'autoencoder',
  kind: 'reducer',
  title: 'Autoencoder',
  params,
  modelVersion: 1,
  model,
  memory(rows, columns, settings) {
    const shape = shapeOf(columns, settings);
    // Weights, a step's own and the best ones; places of all rows.
    const kept = 12 * weightCount(shape) + 8 * rows * (shape.widths[shape.codeLayer + 1] + 2);
    return planNetwork(shape, rows, Math.min(rows, settings.batch_size), true).bytes + kept;
  },
  fit(X, settings, context) {
    checkMatrix(X, 2);
    const shape = shapeOf(X.columns, settings);
    const scaling: Scaling = scalingOf(X);
    const batch = Math.min(X.rows, settings.batch_size);
    const training = { ...settings, rate: settings.learning_rate, kept: keptRows(X.rows, settings.validation_share) };
    const network = new Network(shape, X, scaling, { batch, rate: training.rate, context, trains: true });
    try {
      const { loss, validation, weights, best } = trainAutoencoder(network, shape, X.rows, training, context);
      network.weights = weights;
      const fitted: AutoencoderModel = {
        columns: X.columns,
        code: shape.widths[shape.codeLayer + 1],
        hidden: Float64Array.from(settings.hidden_layers),
        activation: settings.activation,
        ...scaling,
        weights,
        loss,
        validation_loss: validation,
        best_epoch: best,
      };
      return { model: fitted, Z: network.codes().codes, approximations: [] };
    } finally {
      network.close();
    }
  },
  transform: (fitted, X, context) => encodeRows(fitted, X, context).codes,
  errors: (fitted, X, context) => encodeRows(fitted, X, context).errors,
});
