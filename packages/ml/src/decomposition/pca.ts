import { PCA as MlPca } from 'ml-pca';
import { z } from 'zod';
import { MlError } from '../errors.ts';
import { defineReducer, type FitContext } from '../estimator.ts';
import { CenteredRows, centeredBytes } from '../linear-algebra/centered-rows.ts';
import { columnMeans } from '../linear-algebra/gram.ts';
import { productByRows } from '../linear-algebra/product.ts';
import { type Eigenpairs, fixSigns, symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import { topEigenpairs } from '../linear-algebra/top-eigen.ts';
import { checkByMeans, checkMatrix, checkShape, type Matrix } from '../matrix.ts';
import { float64Array } from '../model-arrays.ts';

const model = z.object({
  columns: z.int().positive(),
  mean: float64Array,
  /** A component in each row. */
  components: float64Array,
  /** Variance along each component, of a sample (divided by rows - 1), and its share of all variance. */
  explained_variance: float64Array,
  explained_variance_ratio: float64Array,
});
type Model = z.output<typeof model>;

/** All eigenvalues of a covariance this wide at once; of wider ones only those that are asked for. */
const WHOLE_UP_TO = 300;

/** The reference does as much at once as it takes seconds for. */
const REFERENCE_CELLS = 2_000_000;

const params = z.object({
  n_components: z
    .union([z.int().min(1), z.number().gt(0).lt(1), z.literal('kaiser')])
    .default(5)
    .describe(
      'How many components; below 1: as many as explain that share of variance; kaiser: those of variance 1 or more',
    ),
  engine: z
    .enum(['fast', 'reference'])
    .default('fast')
    .describe('fast: own kernels; reference: ml-pca, for small tables'),
});
type Params = z.output<typeof params>;

function countOf(wanted: Params['n_components'], values: Float64Array, total: number, most: number): number {
  if (wanted === 'kaiser') return Math.max(1, Math.min(most, values.filter((value) => value >= 1).length));
  if (wanted >= 1) return Math.min(wanted, most);
  let [sum, count] = [0, 0];
  while (count < most && sum < wanted * total) sum += values[count++];
  return count;
}

function fastPairs(X: Matrix, rows: CenteredRows, wanted: Params['n_components'], context: FitContext): Found {
  context.progress?.(0.2);
  const gram = rows.gram;
  const { means } = rows;
  const { columns } = X;
  const covariance = gram.map((sum) => sum / (X.rows - 1));
  let total = 0;
  for (let at = 0; at < columns; at++) total += covariance[at * columns + at];
  context.progress?.(0.5);
  if (columns <= WHOLE_UP_TO || typeof wanted !== 'number' || wanted < 1)
    return { means, total, pairs: symmetricEigen(covariance, columns) };
  const product = (V: Float64Array, count: number) =>
    productByRows({ rows: count, columns, data: V }, { rows: columns, columns, data: covariance }, context).data;
  return { means, total, pairs: topEigenpairs(product, columns, Math.min(wanted, columns), { tolerance: 1e-12 }) };
}

interface Found {
  readonly means: Float64Array;
  /** Variance of all columns together. */
  readonly total: number;
  readonly pairs: Eigenpairs;
}

function modelOf(X: Matrix, { means, total, pairs }: Found, wanted: Params['n_components']): Model {
  // Rounding leaves values of no variance a little below 0.
  const values = pairs.values.map((value) => Math.max(0, value));
  const count = countOf(wanted, values, total, Math.min(values.length, X.columns, X.rows));
  const components = { rows: count, columns: X.columns, data: pairs.vectors.data.slice(0, count * X.columns) };
  fixSigns(components);
  const explained_variance = values.slice(0, count);
  return {
    columns: X.columns,
    mean: means,
    components: components.data,
    explained_variance,
    explained_variance_ratio: explained_variance.map((value) => (total > 0 ? value / total : 0)),
  };
}

function referencePairs(X: Matrix): Found {
  if (X.data.length > REFERENCE_CELLS)
    throw new MlError('BAD_PARAMETER', `the reference engine takes at most ${REFERENCE_CELLS} numbers`);
  const rows = Array.from({ length: X.rows }, (_, row) =>
    Array.from(X.data.subarray(row * X.columns, (row + 1) * X.columns)),
  );
  const found = new MlPca(rows);
  const vectors = found.getEigenvectors().transpose();
  const values = Float64Array.from(found.getEigenvalues());
  return {
    means: columnMeans(X),
    total: values.reduce((sum, value) => sum + value, 0),
    pairs: {
      values,
      vectors: { rows: vectors.rows, columns: vectors.columns, data: Float64Array.from(vectors.to1DArray()) },
    },
  };
}

const transform = ({ columns, mean, components }: Model, X: Matrix, context: FitContext): Matrix => {
  if (X.columns !== columns) throw new MlError('SHAPE_MISMATCH', `${X.columns} columns, not ${columns}`);
  return productByRows(X, { rows: components.length / columns, columns, data: components }, context, { shift: mean });
};

/**
 * Principal components by the eigenvectors of the covariance (Jolliffe, "Principal component analysis", 2002), each of the sign
 * that makes its greatest entry positive, as in scikit-learn. More components than columns (or rows - 1) are not to be had: it
 * gives those there are.
 */
export const pca = defineReducer({
  name: 'pca',
  kind: 'reducer',
  title: 'Principal component analysis',
  params,
  modelVersion: 1,
  model,
  memory: (rows, columns, { engine }) =>
    engine === 'reference' ? 150 * rows * columns : centeredBytes(rows, columns, columns) + 8 * rows * columns,
  fit(X, { n_components, engine }, context) {
    checkShape(X, 2);
    if (engine === 'reference') {
      checkMatrix(X);
      const fitted = modelOf(X, referencePairs(X), n_components);
      return { model: fitted, Z: transform(fitted, X, context), approximations: [] };
    }
    const most = typeof n_components === 'number' && n_components >= 1 ? Math.min(n_components, X.columns) : X.columns;
    const rows = new CenteredRows(X, most, context);
    try {
      checkByMeans(X, rows.means);
      const fitted = modelOf(X, fastPairs(X, rows, n_components, context), n_components);
      const { columns, components: data } = fitted;
      return { model: fitted, Z: rows.times({ rows: data.length / columns, columns, data }), approximations: [] };
    } finally {
      rows.close();
    }
  },
  transform,
});
