/** An uploaded CSV file made into `table.bin`, with all that is told of it. Blocks its thread: for workers. */
import { closeSync, fstatSync, openSync } from 'node:fs';
import { badTable } from './bad-table.ts';
import type { ColumnType } from './columnar/table-format.ts';
import { TableWriter } from './columnar/table-writer.ts';
import { ColumnBuilder } from './csv/column-builder.ts';
import { DELIMITERS, type Delimiter, detectDelimiter } from './csv/delimiter.ts';
import { type Encoding, inspectFile } from './csv/encoding.ts';
import { readHeader } from './csv/header.ts';
import { NumberReader } from './csv/number-reader.ts';
import { RecordReader } from './csv/record-reader.ts';
import { TextSource } from './csv/text-source.ts';
import type { TableLimits } from './limits.ts';
import { PREVIEW_ROWS, type PreviewValue, previewValue } from './preview.ts';
import type { ColumnProfile } from './profile/column-profile.ts';
import { profileColumns } from './profile/profile-columns.ts';

export interface Conversion {
  readonly file: string;
  /** Where `table.bin` is written. */
  readonly target: string;
  readonly limits: TableLimits;
  /** What the sender says of the file; found out where it does not. */
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: Delimiter | undefined;
}

export interface StoredBytes {
  /** sha-256, hex. */
  readonly hash: string;
  readonly bytes: number;
}

export interface ConvertedTable {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** Of the first rows the values by column. */
  readonly preview: readonly (readonly PreviewValue[])[];
  /** Sentences about what is odd and may be meant. */
  readonly warnings: readonly string[];
  readonly original: StoredBytes;
  readonly table: StoredBytes;
}

/** Share done, 0..1, and what is going on. */
export type TellProgress = (done: number, message: string) => void;

/** Cells of a group: 8 MB of numbers. */
const GROUP_CELLS = 2 ** 20;
/** Bytes of the file that a group comes from, at most: its texts are in memory. */
const GROUP_BYTES = 16 * 2 ** 20;
/** Different texts counted in all columns together. */
const COUNTED_TEXTS = 200_000;

/** @throws DomainError BAD_TABLE naming line and column of what is wrong with the file. */
export function convertTable(conversion: Conversion, tell: TellProgress): ConvertedTable {
  const { target, limits } = conversion;
  const fd = openSync(conversion.file, 'r');
  try {
    const { size } = fstatSync(fd);
    if (size === 0) throw badTable('the file is empty; a table has a line with the names of its columns, and rows');
    const { encoding, hash } = inspectFile(fd, size, conversion.encoding, (done) => tell(0.1 * done, 'checking'));
    const delimiter = conversion.delimiter ?? detectDelimiter(fd, encoding);
    const reading = { fd, size, encoding, delimiter, target, limits };
    let read = readRows(reading, [], (done) => tell(0.1 + 0.4 * done, 'reading'));
    // A text among numbers: with the types known now nothing is lost the second time.
    if (!read.kept) {
      const types = read.builders.map(({ type }) => type);
      read = readRows(reading, types, (done) => tell(0.5 + 0.3 * done, 'reading again, with texts among numbers'));
    }
    const { builders, names, rows, preview, warnings, table } = read;
    if (rows === 0) {
      throw badTable('the file has a line of names and no rows; a table needs at least one row', { line: 1 });
    }
    for (const builder of builders) builder.check();
    const columns = profileColumns(target, table.footer, builders, (done) => tell(0.8 + 0.2 * done, 'profiling'));
    return {
      encoding,
      delimiter,
      rows,
      columns,
      preview: preview.map((row) => row.map((text, at) => previewValue(text, columns[at].type, delimiter))),
      warnings: [...warnings, ...oddities(columns, rows, names)],
      original: { hash, bytes: size },
      table: { hash: table.hash, bytes: table.bytes },
    };
  } finally {
    closeSync(fd);
  }
}

interface Reading {
  readonly fd: number;
  readonly size: number;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly target: string;
  readonly limits: TableLimits;
}

function readRows(reading: Reading, types: readonly ColumnType[], progress: (done: number) => void) {
  const { fd, size, encoding, delimiter, target, limits } = reading;
  const source = new TextSource(fd, encoding);
  const reader = new RecordReader(source, delimiter.charCodeAt(0), limits.columns + 1);
  const decimalComma = delimiter !== ',';
  if (!reader.next()) throw badTable('the file holds nothing but empty lines');
  if (reader.count > limits.columns) {
    throw badTable(
      `the table has ${reader.count} columns, more than the limit of ${limits.columns} (KINDRED_UPLOAD_COLUMNS)`,
      { line: reader.line },
    );
  }
  const cells = Array.from({ length: reader.count }, (_, cell) => reader.text(cell));
  const { names, warnings } = readHeader(cells, reader.line, decimalComma);
  const groupRows = Math.max(1, Math.floor(GROUP_CELLS / names.length));
  const numbers = new NumberReader(decimalComma);
  const keptTexts = Math.max(100, Math.min(10_000, Math.floor(COUNTED_TEXTS / names.length)));
  const builders = names.map(
    (name, at) => new ColumnBuilder(name, at, groupRows, types[at] ?? 'empty', numbers, keptTexts),
  );
  const writer = new TableWriter(target);
  const preview: string[][] = [];
  let rows = 0;
  let inGroup = 0;
  let groupBytes = 0;
  const endGroup = () => {
    if (inGroup === 0) return;
    for (const builder of builders) builder.flush(inGroup, writer);
    writer.endGroup(inGroup);
    inGroup = 0;
    groupBytes = 0;
    progress(source.position / size);
  };
  while (reader.next()) {
    const { buffer, starts, ends } = reader;
    if (reader.count !== names.length) {
      if (reader.count === 1 && isBlank(buffer, starts[0], ends[0])) continue;
      throw ragged(reader, names.length, delimiter);
    }
    if (rows === limits.rows) {
      throw badTable(`the table has more than ${limits.rows} rows, which is the limit (KINDRED_UPLOAD_ROWS)`, {
        line: reader.line,
      });
    }
    for (let cell = 0; cell < builders.length; cell++) {
      let from = starts[cell];
      let to = ends[cell];
      while (from < to && isSpace(buffer[from])) from++;
      while (from < to && isSpace(buffer[to - 1])) to--;
      builders[cell].add(inGroup, buffer, from, to, reader.line);
      if (rows < PREVIEW_ROWS) {
        if (cell === 0) preview.push([]);
        preview[rows].push(buffer.toString('utf8', from, to));
      }
    }
    rows++;
    groupBytes += ends[builders.length - 1] - starts[0];
    if (++inGroup === groupRows || groupBytes > GROUP_BYTES) endGroup();
  }
  endGroup();
  const table = writer.finish(builders.map(({ name, type }) => ({ name, type })));
  return { kept: builders.every(({ kept }) => kept), builders, names, rows, preview, warnings, table };
}

const isSpace = (byte: number): boolean => byte === 32 || byte === 9;

function isBlank(b: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isSpace(b[i])) return false;
  return true;
}

function ragged(reader: RecordReader, expected: number, delimiter: Delimiter) {
  const cells = (count: number) => `${count} ${count === 1 ? 'cell' : 'cells'}`;
  const other = DELIMITERS.filter((candidate) => candidate !== delimiter);
  const hint =
    expected === 1
      ? `put quotes around values that hold ${JSON.stringify(delimiter)}, or part the cells by another of ${JSON.stringify(other.join(' '))}`
      : `every line needs ${expected - 1} times ${JSON.stringify(delimiter)}, and values that hold one need quotes around them`;
  return badTable(`${cells(reader.count)} where the header has ${cells(expected)}; ${hint}`, {
    line: reader.line,
    column: Math.min(reader.count, expected) + 1,
  });
}

function oddities(columns: readonly ColumnProfile[], rows: number, names: readonly string[]): string[] {
  const warnings: string[] = [];
  const list = (found: readonly ColumnProfile[]) =>
    found
      .slice(0, 5)
      .map(({ name }) => JSON.stringify(name))
      .join(', ') + (found.length > 5 ? ` and ${found.length - 5} more` : '');
  const empty = columns.filter(({ type }) => type === 'empty');
  if (empty.length > 0) warnings.push(`No value at all in ${list(empty)}.`);
  const constant = columns.filter(({ distinct }) => distinct === 1);
  if (rows > 1 && constant.length > 0) warnings.push(`The same value in every row of ${list(constant)}.`);
  if (!columns.some(({ type }) => type === 'integer' || type === 'number'))
    warnings.push('No column holds numbers: clustering has only encoded texts, dates and booleans to go by.');
  if (rows === 1) warnings.push('There is one row: nothing to compare it with.');
  if (names.length === 1) warnings.push('There is one column.');
  return warnings;
}
