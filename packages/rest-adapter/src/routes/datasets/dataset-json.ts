/** A data set as REST shows it, and the parts of GraphQL documents that bring it. */

import { z } from 'zod';
import { RestError } from '../../error-map.ts';
import type { Address } from '../../route.ts';
import { globalIdOf } from '../global-id.ts';

const BINS_FIELDS = 'min max mean standardDeviation quantiles { share value } histogram';
const SUMMARY = 'uuid name table { fileName encoding delimiter rows bytes hash uploadedAt warnings preview columns';
export const SUMMARY_FIELDS = `${SUMMARY} { name } }`;
export const PROFILE_FIELDS = `name type missing distinct exact top { value count } numbers { ${BINS_FIELDS} }`;
export const DATASET_FIELDS = `${SUMMARY} { ${PROFILE_FIELDS} } }`;

export interface ColumnAnswer {
  readonly name: string;
  readonly type: string;
  readonly missing: number;
  readonly distinct: number;
  readonly exact: boolean;
  readonly top: readonly { readonly value: string; readonly count: number }[];
  readonly numbers: {
    readonly min: number;
    readonly max: number;
    readonly mean: number;
    readonly standardDeviation: number | null;
    readonly quantiles: readonly { readonly share: number; readonly value: number }[];
    readonly histogram: readonly number[];
  } | null;
}

export interface DatasetAnswer<Column = ColumnAnswer> {
  readonly uuid: string;
  readonly name: string;
  readonly table: {
    readonly fileName: string;
    readonly encoding: string;
    readonly delimiter: string;
    readonly rows: number;
    readonly bytes: number;
    readonly hash: string;
    readonly uploadedAt: Date;
    readonly warnings: readonly string[];
    readonly preview: readonly (readonly unknown[])[];
    readonly columns: readonly Column[];
  } | null;
}

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const moment = z.union([z.number(), z.string()]).nullable().meta({ description: 'Of dates in ISO 8601.' });

export const columnProfile = z
  .object({
    name: z.string(),
    type: z.enum(['integer', 'number', 'boolean', 'date', 'text', 'empty']),
    missing: z.int(),
    distinct: z.int().meta({ description: 'Different values, the missing one not counted.' }),
    exact: z.boolean().meta({ description: 'False where `distinct` and the counts of `top` are estimates.' }),
    min: moment,
    max: moment,
    mean: moment,
    std: z.number().nullable().meta({ description: 'Of the sample; of dates in milliseconds.' }),
    quantiles: z.record(z.string(), moment).nullable().meta({ description: 'By share: 0.05, 0.25, 0.5, 0.75, 0.95.' }),
    histogram: z.array(z.int()).nullable().meta({ description: 'Values in equally wide parts of min to max.' }),
    top: z.array(z.object({ value: z.string(), count: z.int() })),
  })
  .meta({ id: 'ColumnProfile' });

const summary = {
  id: z.uuid(),
  name: z.string(),
  uploaded_at: z.iso.datetime(),
  file: z.string().meta({ description: 'Where the file is, below this service.' }),
  file_url: z.url(),
  columns: z.array(z.string()),
  preview: z.array(z.record(z.string(), value)).meta({ description: 'The first five rows.' }),
  file_name: z.string(),
  bytes: z.int(),
  hash: z.string().meta({ description: 'sha-256 of the file.' }),
  rows: z.int(),
  encoding: z.enum(['utf-8', 'utf-8-sig', 'cp1251', 'utf-16-le', 'utf-16-be']),
  delimiter: z.enum([',', ';', '\t', '|']),
  warnings: z.array(z.string()),
};
export const datasetSummary = z.object(summary).meta({ id: 'DatasetSummary' });
export const datasetBody = z.object({ ...summary, profile: z.array(columnProfile) }).meta({ id: 'Dataset' });

export function summaryJson(dataset: DatasetAnswer<{ readonly name: string }>, { origin }: Pick<Address, 'origin'>) {
  const { uuid, name, table } = dataset;
  if (!table) throw notThere(uuid);
  const file = `/api/datasets/${uuid}/file/`;
  const columns = table.columns.map((column) => column.name);
  return {
    id: uuid,
    name,
    uploaded_at: table.uploadedAt,
    file,
    file_url: origin + file,
    columns,
    preview: table.preview.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]]))),
    file_name: table.fileName,
    bytes: table.bytes,
    hash: table.hash,
    rows: table.rows,
    encoding: table.encoding,
    delimiter: table.delimiter,
    warnings: table.warnings,
  };
}

export const datasetJson = (dataset: DatasetAnswer, address: Pick<Address, 'origin'>) => ({
  ...summaryJson(dataset, address),
  profile: profileJson(dataset),
});

export function profileJson({ uuid, table }: DatasetAnswer) {
  if (!table) throw notThere(uuid);
  return table.columns.map(({ numbers, name, type, missing, distinct, exact, top }) => {
    const shown = (number: number | undefined) =>
      number === undefined ? null : type === 'date' ? new Date(number).toISOString() : number;
    return {
      name,
      type,
      missing,
      distinct,
      exact,
      min: shown(numbers?.min),
      max: shown(numbers?.max),
      mean: shown(numbers?.mean),
      std: numbers?.standardDeviation ?? null,
      quantiles: numbers
        ? Object.fromEntries(numbers.quantiles.map(({ share, value }) => [String(share), shown(value)]))
        : null,
      histogram: numbers?.histogram ?? null,
      top,
    };
  });
}

/** GraphQL's id of a data set. A text that is no uuid becomes the id of nothing. */
export const globalId = (uuid: string): string => globalIdOf('Dataset', uuid);

export const notThere = (id: string): RestError =>
  new RestError('NOT_FOUND', `There is no data set ${id.slice(0, 60)}`, { id: id.slice(0, 60) });

export const NOT_FOUND = { 404: 'there is no such data set, or it was deleted' };
