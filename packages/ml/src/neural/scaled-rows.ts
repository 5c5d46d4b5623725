import type { Matrix } from '../matrix.ts';

/** What rows are shifted and divided by before a network sees them. */
export interface Scaling {
  readonly means: Float64Array;
  /**
   * One for all columns, the root of their mean variance, so that a learning rate means the same in any unit while columns keep their
   * weight beside one another, as in PCA. 1 where nothing varies.
   */
  readonly scale: number;
}

export function scalingOf({ rows, columns, data }: Matrix): Scaling {
  const means = new Float64Array(columns);
  for (let at = 0; at < data.length; at++) means[at % columns] += data[at];
  for (let column = 0; column < columns; column++) means[column] /= rows;
  let squares = 0;
  for (let at = 0; at < data.length; at++) squares += (data[at] - means[at % columns]) ** 2;
  return { means, scale: Math.sqrt(squares / data.length) || 1 };
}

/** The rows as f32, each `width` numbers. */
export function writeScaled(X: Matrix, { means, scale }: Scaling, into: Float32Array, width: number): void {
  const { rows, columns, data } = X;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      into[row * width + column] = (data[row * columns + column] - means[column]) / scale;
  }
}
