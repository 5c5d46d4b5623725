/**
 * Layout of `table.bin`, what an upload becomes: "KTB1", segments, a footer in JSON, its length in 8 bytes, "KTB1". Rows come in
 * groups; of each group every column has a segment, at a multiple of eight bytes, little-endian:
 * - numbers: a Float64 for each row, NaN where there is none. Booleans are 0 and 1, dates milliseconds since 1970.
 * - texts: an Int32 for each row, the place of its text in the group's own list, -1 where there is none; then the lengths of those
 *   texts in bytes, as Int32, and the texts in UTF-8. A list for each group, so that writing takes bounded memory.
 */

export const MAGIC = Buffer.from('KTB1');
export const FORMAT_VERSION = 1;

/** `empty`: there is no value in it. All but `text` are kept as numbers. */
export const COLUMN_TYPES = ['integer', 'number', 'boolean', 'date', 'text', 'empty'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

export interface Segment {
  readonly offset: number;
  /** How many texts, and of how many bytes; null for numbers. */
  readonly texts: readonly [number, number] | null;
}

export interface Footer {
  readonly version: number;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly groups: readonly { readonly rows: number; readonly segments: readonly Segment[] }[];
}

export const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;
