import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { badTable } from '../bad-table.ts';
import { foreignFormat } from './signatures.ts';

/** Names as Python has them; `utf-8-sig` is UTF-8 behind a byte order mark. */
export const ENCODINGS = ['utf-8', 'utf-8-sig', 'cp1251', 'utf-16-le', 'utf-16-be'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Bytes of the mark that a file of the encoding may begin with. */
export const BYTE_ORDER_MARKS: Readonly<Record<Encoding, readonly number[]>> = {
  'utf-8': [],
  'utf-8-sig': [0xef, 0xbb, 0xbf],
  cp1251: [],
  'utf-16-le': [0xff, 0xfe],
  'utf-16-be': [0xfe, 0xff],
};

export interface Inspection {
  readonly encoding: Encoding;
  /** sha-256 of the file, hex. */
  readonly hash: string;
}

const CHUNK = 1 << 20;
const LF = 10;
/** Without a mark, UTF-16 gives itself away by the zeros of ASCII characters: a delimited table is full of them. */
const SHARE_OF_ZEROS = 0.3;

/**
 * Reads a file once: its hash, and in what encoding it is.
 *
 * @param wanted the sender's word for it, which is believed as far as the bytes allow.
 * @param progress share done, 0..1.
 * @throws DomainError BAD_TABLE for what is no text, or in none of the encodings; with the line of the first wrong byte.
 */
export function inspectFile(
  fd: number,
  bytes: number,
  wanted: Encoding | undefined,
  progress: (done: number) => void,
): Inspection {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK);
  const utf8 = new Utf8Check();
  const high = new Uint32Array(256);
  let encoding: Encoding | undefined;
  let zero = -1;
  for (let at = 0; ; ) {
    const size = readSync(fd, buffer, 0, CHUNK, at);
    if (size === 0) break;
    const chunk = buffer.subarray(0, size);
    hash.update(chunk);
    if (at === 0) {
      const format = foreignFormat(chunk);
      if (format !== undefined) throw badTable(`the file is ${format}; save the table as CSV and upload that`);
      const marked = markedEncoding(chunk);
      encoding = wanted === 'utf-8' && marked === 'utf-8-sig' ? marked : (wanted ?? marked);
    }
    if (encoding !== 'utf-16-le' && encoding !== 'utf-16-be') {
      const found = zero === -1 ? chunk.indexOf(0) : -1;
      if (found !== -1) zero = at + found;
      utf8.add(chunk, at);
      if (utf8.wrongAt !== -1) countHigh(chunk, high);
    }
    at += size;
    progress(at / bytes);
  }
  utf8.end(bytes);
  if (zero !== -1) {
    const line = lineAt(fd, zero);
    throw badTable('there is a NUL byte, which no text has; save the file again as CSV in UTF-8', { line });
  }
  const digest = hash.digest('hex');
  const utf8Meant = encoding === 'utf-8' || encoding === 'utf-8-sig';
  if (utf8.wrongAt === -1 || (encoding !== undefined && !utf8Meant))
    return { encoding: encoding ?? 'utf-8', hash: digest };
  if (!utf8Meant && !utf8.beyondAscii && looksCyrillic(high)) return { encoding: 'cp1251', hash: digest };
  throw badTable(
    `the byte 0x${utf8.wrongByte.toString(16)} is no valid UTF-8, and the file is not in Windows-1251 or UTF-16 either; save it in UTF-8`,
    { line: lineAt(fd, utf8.wrongAt) },
  );
}

function markedEncoding(chunk: Buffer): Encoding | undefined {
  for (const encoding of ['utf-8-sig', 'utf-16-le', 'utf-16-be'] as const) {
    if (BYTE_ORDER_MARKS[encoding].every((byte, at) => chunk[at] === byte)) return encoding;
  }
  const sample = chunk.subarray(0, 4096);
  const zeros = [0, 0];
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) zeros[i & 1]++;
  const enough = (SHARE_OF_ZEROS * sample.length) / 2;
  if (zeros[1] > enough && zeros[0] < zeros[1] / 4) return 'utf-16-le';
  if (zeros[0] > enough && zeros[1] < zeros[0] / 4) return 'utf-16-be';
  return undefined;
}

/** Follows UTF-8 over chunks that may end inside a character. */
class Utf8Check {
  /** Place of the first byte that fits no character; -1 for none. */
  wrongAt = -1;
  wrongByte = 0;
  /** Whether characters beyond ASCII came before it: a file that has some is UTF-8 with a flaw, and nothing else. */
  beyondAscii = false;
  #tail: Buffer = Buffer.alloc(0);

  /** @param at place of the chunk in the file. */
  add(chunk: Buffer, at: number): void {
    if (this.wrongAt !== -1) return;
    const start = at - this.#tail.length;
    const whole = this.#tail.length > 0 ? Buffer.concat([this.#tail, chunk]) : chunk;
    const cut = whole.length - incompleteBytes(whole);
    const complete = whole.subarray(0, cut);
    // What comes next overwrites the chunk.
    this.#tail = Buffer.from(whole.subarray(cut));
    const valid = isUtf8(complete) ? complete.length : firstWrong(complete);
    if (!this.beyondAscii) this.beyondAscii = !isAscii(complete.subarray(0, valid));
    if (valid < complete.length) this.#wrong(start + valid, complete[valid]);
  }

  /** @param bytes of the whole file. */
  end(bytes: number): void {
    if (this.wrongAt === -1 && this.#tail.length > 0) this.#wrong(bytes - this.#tail.length, this.#tail[0]);
  }

  #wrong(at: number, byte: number): void {
    this.wrongAt = at;
    this.wrongByte = byte;
  }
}

/** Bytes of a character that the end cuts off: 0 to 3. */
function incompleteBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

function firstWrong(bytes: Buffer): number {
  let low = 0;
  let high = bytes.length;
  // The longest valid beginning; one that ends inside a character counts as valid.
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const part = bytes.subarray(0, middle);
    if (isUtf8(part.subarray(0, middle - incompleteBytes(part)))) low = middle;
    else high = middle - 1;
  }
  const start = low - incompleteBytes(bytes.subarray(0, low));
  return Math.min(start, bytes.length - 1);
}

function countHigh(chunk: Buffer, counts: Uint32Array): void {
  for (let i = 0; i < chunk.length; i++) if (chunk[i] >= 0x80) counts[chunk[i]]++;
}

/** Of Windows-1251 the letters of Russian stand at 0xC0-0xFF, 0xA8 and 0xB8; 0x98 is nothing at all. */
function looksCyrillic(counts: Uint32Array): boolean {
  let letters = counts[0xa8] + counts[0xb8];
  let all = 0;
  for (let byte = 0x80; byte < 256; byte++) {
    all += counts[byte];
    if (byte >= 0xc0) letters += counts[byte];
  }
  return all > 0 && counts[0x98] === 0 && letters >= 0.6 * all;
}

/** The line of a place in the file, from 1. */
function lineAt(fd: number, place: number): number {
  const buffer = Buffer.allocUnsafe(CHUNK);
  let line = 1;
  for (let at = 0; at < place; ) {
    const size = readSync(fd, buffer, 0, Math.min(CHUNK, place - at), at);
    if (size === 0) break;
    const chunk = buffer.subarray(0, size);
    for (let found = chunk.indexOf(LF); found !== -1; found = chunk.indexOf(LF, found + 1)) line++;
    at += size;
  }
  return line;
}
