/** `table.bin` as stages read it: see table-format.ts. */
import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import { DomainError } from '../../errors.ts';
import { COLUMN_TYPES, type ColumnType, FORMAT_VERSION, type Footer, MAGIC } from './table-format.ts';

/** A text column: of each row the place of its text in the dictionary, -1 where there is none. */
export interface TextColumn {
  readonly codes: Int32Array;
  /** In the order in which the texts first occur. */
  readonly dictionary: readonly string[];
}

/** The artifact under which jobs on an uploaded table find it. */
export const TABLE = 'table.bin';

const CLOSING = 12;

const footerSchema: z.ZodType<Footer> = z.object({
  version: z.literal(FORMAT_VERSION),
  rows: z.int().nonnegative(),
  columns: z.array(z.object({ name: z.string(), type: z.enum(COLUMN_TYPES) })),
  groups: z.array(
    z.object({
      rows: z.int().positive(),
      segments: z.array(
        z.object({
          offset: z.int().nonnegative(),
          texts: z.tuple([z.int().nonnegative(), z.int().nonnegative()]).nullable(),
        }),
      ),
    }),
  ),
});

/**
 * Opens the table of a data set's version: `await using table = await openTable(await context.path(TABLE))`.
 *
 * @throws DomainError ARTIFACT_CORRUPT for a file that is none.
 */
export async function openTable(file: string): Promise<UploadedColumns> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const closing = await bytesAt(handle, Math.max(0, size - CLOSING), Math.min(size, CLOSING));
    const length = size < 2 * CLOSING ? 0 : closing.readUInt32LE(0);
    if (!closing.subarray(8).equals(MAGIC) || length > size - CLOSING)
      throw new Error('it does not end as a table does');
    const text = await bytesAt(handle, size - CLOSING - length, length);
    return new UploadedColumns(handle, footerSchema.parse(JSON.parse(text.toString('utf8'))));
  } catch (cause) {
    await handle.close();
    throw new DomainError('ARTIFACT_CORRUPT', 'The file is no table that an upload has left', { cause });
  }
}

/** Columns are read when they are asked for, one at a time; nothing is kept. */
export class UploadedColumns implements AsyncDisposable {
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly #handle: FileHandle;
  readonly #footer: Footer;

  constructor(handle: FileHandle, footer: Footer) {
    this.#handle = handle;
    this.#footer = footer;
    this.rows = footer.rows;
    this.columns = footer.columns;
  }

  /**
   * A column that is not text: of each row its number, NaN where there is none; booleans are 0 and 1, dates milliseconds since 1970.
   *
   * @throws DomainError NOT_FOUND; INVALID_INPUT for a text column.
   */
  async numbers(name: string): Promise<Float64Array<ArrayBuffer>> {
    const place = this.#place(name, false);
    const values = new Float64Array(this.rows);
    const bytes = Buffer.from(values.buffer);
    let row = 0;
    for (const { rows, segments } of this.#footer.groups) {
      await readInto(this.#handle, bytes.subarray(8 * row, 8 * (row + rows)), segments[place].offset);
      row += rows;
    }
    return values;
  }

  /** @throws DomainError NOT_FOUND; INVALID_INPUT for a column of numbers. */
  async texts(name: string): Promise<TextColumn> {
    const place = this.#place(name, true);
    const codes = new Int32Array(this.rows).fill(-1);
    const dictionary: string[] = [];
    const known = new Map<string, number>();
    let row = 0;
    for (const { rows, segments } of this.#footer.groups) {
      const { offset, texts } = segments[place];
      // Before its first text a column is kept as numbers, none of which is there.
      if (texts) {
        const [count, size] = texts;
        const bytes = await bytesAt(this.#handle, offset, 4 * (rows + count) + size);
        const own = textsOf(bytes.subarray(4 * rows), count).map((text) => {
          const code = known.get(text) ?? dictionary.push(text) - 1;
          known.set(text, code);
          return code;
        });
        for (let i = 0; i < rows; i++) {
          const code = bytes.readInt32LE(4 * i);
          if (code >= 0) codes[row + i] = own[code];
        }
      }
      row += rows;
    }
    return { codes, dictionary };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }

  #place(name: string, text: boolean): number {
    const place = this.columns.findIndex((column) => column.name === name);
    const column = this.columns[place];
    if (!column) {
      throw new DomainError('NOT_FOUND', `The table has no column ${JSON.stringify(name)}`, {
        details: { column: name },
      });
    }
    if ((column.type === 'text') !== text) {
      const kind = text ? 'numbers' : 'texts';
      throw new DomainError('INVALID_INPUT', `Column ${JSON.stringify(name)} holds ${kind}`, {
        details: { column: name },
      });
    }
    return place;
  }
}

/** @param bytes lengths of the texts, then the texts. */
function textsOf(bytes: Buffer, count: number): string[] {
  let at = 4 * count;
  return Array.from({ length: count }, (_, i) => {
    const from = at;
    at += bytes.readInt32LE(4 * i);
    return bytes.toString('utf8', from, at);
  });
}

async function bytesAt(handle: FileHandle, offset: number, length: number): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.alloc(length);
  await readInto(handle, bytes, offset);
  return bytes;
}

async function readInto(handle: FileHandle, bytes: Buffer, offset: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, offset + at);
    if (bytesRead === 0) throw new DomainError('ARTIFACT_CORRUPT', 'The table is cut short');
    at += bytesRead;
  }
}
