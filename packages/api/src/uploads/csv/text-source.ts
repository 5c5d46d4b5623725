import { readSync } from 'node:fs';
import { badTable } from '../bad-table.ts';
import { BYTE_ORDER_MARKS, type Encoding } from './encoding.ts';

/** Bytes that a reader must have room for: a piece of Windows-1251 grows up to three times. */
export const PIECE_BYTES = 1 << 20;
const RAW_BYTES = 256 * 1024;

const DECODERS: Partial<Record<Encoding, string>> = {
  cp1251: 'windows-1251',
  'utf-16-le': 'utf-16le',
  'utf-16-be': 'utf-16be',
};

/** A file as UTF-8, piece by piece, whatever it is encoded in; without its byte order mark. */
export class TextSource {
  readonly #fd: number;
  readonly #decoder: TextDecoder | undefined;
  readonly #raw: Buffer;
  #at: number;
  #line = 1;

  constructor(fd: number, encoding: Encoding) {
    this.#fd = fd;
    const decoder = DECODERS[encoding];
    // Its own mark it leaves out by itself.
    this.#decoder = decoder === undefined ? undefined : new TextDecoder(decoder, { fatal: true });
    this.#raw = Buffer.allocUnsafe(decoder === undefined ? 0 : RAW_BYTES);
    this.#at = decoder === undefined ? BYTE_ORDER_MARKS[encoding].length : 0;
  }

  /** Bytes of the file that were read. */
  get position(): number {
    return this.#at;
  }

  /**
   * Writes the next piece into the buffer, which has room for PIECE_BYTES.
   *
   * @returns how many bytes came; 0 at the end.
   * @throws DomainError BAD_TABLE for bytes that the encoding does not have.
   */
  read(into: Buffer, offset: number): number {
    if (!this.#decoder) {
      const size = readSync(this.#fd, into, offset, PIECE_BYTES, this.#at);
      this.#at += size;
      return size;
    }
    for (;;) {
      const size = readSync(this.#fd, this.#raw, 0, RAW_BYTES, this.#at);
      this.#at += size;
      const text = this.#decode(this.#raw.subarray(0, size), size > 0);
      if (text.includes('\0')) {
        const line = this.#line + linesOf(text.slice(0, text.indexOf('\0')));
        throw badTable('there is a NUL character, which no table has; save the file again as CSV in UTF-8', { line });
      }
      this.#line += linesOf(text);
      if (text.length > 0 || size === 0) return into.write(text, offset, 'utf8');
    }
  }

  #decode(bytes: Buffer, more: boolean): string {
    try {
      return this.#decoder?.decode(bytes, { stream: more }) ?? '';
    } catch {
      const encoding = this.#decoder?.encoding;
      throw badTable(`from here on the bytes are no valid ${encoding}; save the file in UTF-8`, { line: this.#line });
    }
  }
}

function linesOf(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
