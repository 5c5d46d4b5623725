import { methodNamed, parametersOf } from '@kindred/ml/preprocessing/method-named.ts';
import type { PreprocessParams } from '@kindred/ml/preprocessing/preprocess-params.ts';
import { DomainError } from '../../errors.ts';
import { geoNames, requireCoordinates } from '../../stores/places.ts';
import type { ColumnProfile } from '../../uploads/profile/column-profile.ts';
import type { ClusteringParams } from '../clustering-params.ts';
import { featureColumns } from '../feature-columns.ts';
import { expectedRows } from '../filter-rows.ts';
import type { Size } from './memory-need.ts';

export interface ExpectedSize extends Size {
  /** Columns of the data set that are read. */
  readonly read: number;
  /** False where rows are chosen or outlying ones left out first, or texts were too many to count: then it is the most there can be, or near it. */
  readonly exact: boolean;
}

/** More categories than any encoder tells apart (oneHotEncoder's max_categories ends at 200). */
const MOST_CATEGORIES = 1000;

/**
 * Rows and columns after the preprocessing, by what is known of the columns and without reading the table.
 * @throws DomainError INVALID_INPUT as `featureColumns`, `expectedRows` and `geoColumns`, or where no column is left; MlError for an encoder's parameters.
 */
export function expectedSize(
  table: { readonly rows: number; readonly columns: readonly ColumnProfile[] },
  params: ClusteringParams,
): ExpectedSize {
  const { preprocessing, geo } = params;
  const present = table.columns.filter(({ type }) => type !== 'empty');
  const left = expectedRows({ rows: table.rows, columns: present }, params.row_filter);
  const used = featureColumns(present, params);
  const places = geo === null ? [] : geoNames(geo);
  if (geo !== null)
    requireCoordinates(
      present.map(({ name, type }) => ({ name, isNumber: isNumber(type) })),
      geo,
    );
  const columns = used.reduce((sum, column) => sum + outputsOf(column, table.rows, preprocessing), places.length);
  if (columns === 0) {
    throw new DomainError('INVALID_INPUT', 'No column has values that differ, or too much is missing', {
      details: { field: 'columns' },
    });
  }
  const removes = preprocessing.outliers !== 'none' && preprocessing.outlier_action === 'remove';
  // Of chosen rows, or of places, it is not known how many values are missing or differ.
  const whole = left.rows === table.rows && places.length === 0;
  const exact = left.exact && whole && !removes && used.every((column) => column.exact);
  return { rows: left.rows, columns, read: used.length + places.length, exact };
}

const isNumber = (type: ColumnProfile['type']) => type === 'integer' || type === 'number';

/** Columns that one becomes, 0 where it is of no use: the rules of `fitPreprocess`, on counts. */
function outputsOf({ type, missing, distinct }: ColumnProfile, rows: number, params: PreprocessParams): number {
  const text = type === 'text';
  const ownCategory = text && params.text_imputation === 'none';
  if (missing === rows || missing / rows > params.max_missing_share) return 0;
  if (distinct === 1 && (missing === 0 || !ownCategory)) return 0;
  if (!text) return 1;
  if (distinct / (rows - missing) > params.max_identifier_share) return 0;
  const encoder = methodNamed('encoder', params.encode);
  const count = Math.min(distinct, MOST_CATEGORIES);
  const codes = Float64Array.from({ length: count + (ownCategory && missing > 0 ? 1 : 0) }, (_, at) =>
    at < count ? at : Number.NaN,
  );
  const texts = Array.from({ length: count }, (_, at) => `${at}`);
  return encoder.fit(codes, texts, parametersOf(encoder, params.encode_params)).outputs.length;
}
