/** A typed table as one file of columns: what is left of a CSV once it has been read, and what stages read. */
import { flatFromBytes, flatToBytes } from '@kindred/ml/flat-bytes.ts';
import type { Column, Table } from '@kindred/ml/preprocessing/table.ts';
import { z } from 'zod';
import { DomainError } from '../errors.ts';

const KIND = 'table';
const VERSION = 1;

const header = z.looseObject({ rows: z.int().nonnegative(), names: z.array(z.string()) });

/** Columns lie one after the other; texts are places in their column's list. */
export function tableBytes({ rows, columns }: Table): Uint8Array {
  const flat: Record<string, unknown> = { rows, names: columns.map(({ name }) => name) };
  columns.forEach(({ values, categories }, at) => {
    if (categories) {
      flat[`categories.${at}`] = categories;
      flat[`codes.${at}`] = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : value));
    } else {
      flat[`values.${at}`] = values;
    }
  });
  return flatToBytes(KIND, VERSION, flat);
}

/** @throws DomainError ARTIFACT_CORRUPT */
export function parseTable(bytes: Uint8Array): Table {
  const flat = flatFromBytes(KIND, VERSION, bytes);
  const { rows, names } = header.parse(flat);
  const columns = names.map((name, at): Column => {
    const categories = flat[`categories.${at}`];
    const codes = flat[`codes.${at}`];
    const values = flat[`values.${at}`];
    if (values instanceof Float64Array && values.length === rows) return { name, values };
    if (codes instanceof Int32Array && codes.length === rows && Array.isArray(categories)) {
      return { name, values: Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : code)), categories };
    }
    throw new DomainError('ARTIFACT_CORRUPT', `Column ${name} of the table is not whole`);
  });
  return { rows, columns };
}
