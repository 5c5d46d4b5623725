import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { type ColumnType, FORMAT_VERSION, type Footer, MAGIC, padded, type Segment } from './table-format.ts';
import type { TextGroup } from './text-group.ts';

/** Writes `table.bin` group by group; see table-format.ts. Blocks the thread that calls it. */
export class TableWriter {
  readonly #fd: number;
  readonly #hash = createHash('sha256');
  readonly #groups: Footer['groups'][number][] = [];
  #segments: Segment[] = [];
  #at = 0;
  #rows = 0;

  constructor(file: string) {
    this.#fd = openSync(file, 'w');
    this.#write(Buffer.concat([MAGIC, Buffer.alloc(4)]));
  }

  /** The next column's part of the open group. */
  numbers(values: Float64Array): void {
    this.#segments.push({ offset: this.#at, texts: null });
    this.#write(values);
  }

  /** @param codes of each row. */
  texts(codes: Int32Array, group: TextGroup): void {
    this.#segments.push({ offset: this.#at, texts: [group.size, group.bytes.length] });
    this.#write(codes);
    this.#write(group.lengths);
    this.#write(group.bytes);
    this.#write(Buffer.alloc(padded(this.#at) - this.#at));
  }

  endGroup(rows: number): void {
    this.#groups.push({ rows, segments: this.#segments });
    this.#segments = [];
    this.#rows += rows;
  }

  /** Writes the end. @returns the file's sha-256 and size, and its footer. */
  finish(columns: readonly { name: string; type: ColumnType }[]): { hash: string; bytes: number; footer: Footer } {
    const footer: Footer = { version: FORMAT_VERSION, rows: this.#rows, columns: [...columns], groups: this.#groups };
    const text = Buffer.from(JSON.stringify(footer));
    const length = Buffer.alloc(8);
    length.writeUInt32LE(text.length);
    this.#write(Buffer.concat([text, length, MAGIC]));
    this.close();
    return { hash: this.#hash.digest('hex'), bytes: this.#at, footer };
  }

  close(): void {
    closeSync(this.#fd);
  }

  #write(view: Float64Array | Int32Array | Uint8Array): void {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    this.#hash.update(bytes);
    for (let from = 0; from < bytes.length; ) from += writeSync(this.#fd, bytes, from);
    this.#at += bytes.length;
  }
}
