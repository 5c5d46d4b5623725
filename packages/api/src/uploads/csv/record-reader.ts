import { badTable } from '../bad-table.ts';
import { MOST_RECORD_BYTES } from '../limits.ts';
import { PIECE_BYTES, type TextSource } from './text-source.ts';

const LF = 10;
const CR = 13;
const QUOTE = 34;
const SPACE = 32;

type Outcome = 'record' | 'more' | 'end';

/**
 * Records of RFC 4180, one after another, as places in a buffer: no text is made of cells that nobody asks for. Lines end with LF,
 * CRLF or CR; empty ones are left out. A quote inside an unquoted cell is a character like others.
 */
export class RecordReader {
  /** UTF-8; cells of the current record lie in it until the next call. */
  buffer: Buffer = Buffer.allocUnsafe(2 * PIECE_BYTES);
  /** Of the current record. */
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  /** Cells of the current record; beyond `mostCells` they are counted, not kept. */
  count = 0;
  /** The line in which the current record begins, from 1. */
  line = 1;
  readonly #source: Pick<TextSource, 'read'>;
  readonly #delimiter: number;
  readonly #mostCells: number;
  #filled = 0;
  #at = 0;
  #nextLine = 1;
  #ended = false;
  /** Cells of the current record that hold doubled quotes. */
  readonly #escaped: number[] = [];
  /** Where the scan broke off inside quotes: line and cell. */
  #open: { readonly line: number; readonly cell: number } | undefined;

  /** @param delimiter its byte. */
  constructor(source: Pick<TextSource, 'read'>, delimiter: number, mostCells: number) {
    this.#source = source;
    this.#delimiter = delimiter;
    this.#mostCells = mostCells;
  }

  /**
   * Goes to the next record. @returns false where there is none.
   *
   * @throws DomainError BAD_TABLE for a quote that is not closed, text after a closing quote, or a record that is too long.
   */
  next(): boolean {
    for (;;) {
      const outcome = this.#scan();
      if (outcome === 'record') {
        for (const cell of this.#escaped) this.#unescape(cell);
        return true;
      }
      if (outcome === 'end') return false;
      this.#fill();
    }
  }

  text(cell: number): string {
    return this.buffer.toString('utf8', this.starts[cell], this.ends[cell]);
  }

  /** From `#at`; a record that the buffer does not hold whole is scanned again when there is more. */
  #scan(): Outcome {
    const { buffer: b } = this;
    const n = this.#filled;
    const delimiter = this.#delimiter;
    let i = this.#at;
    while (i < n && (b[i] === LF || b[i] === CR)) {
      if (b[i] === CR && i + 1 === n && !this.#ended) break;
      i += b[i] === CR && b[i + 1] === LF && i + 1 < n ? 2 : 1;
      this.#nextLine++;
    }
    this.#at = i;
    if (i >= n) return this.#ended ? 'end' : 'more';
    let line = this.#nextLine;
    this.line = line;
    this.#escaped.length = 0;
    let cells = 0;
    for (;;) {
      let start = i;
      let end: number;
      if (i < n && b[i] === QUOTE) {
        const opened = { line, cell: cells };
        let j = i + 1;
        let doubled = false;
        for (;;) {
          for (; j < n && b[j] !== QUOTE; j++) if (b[j] === LF || (b[j] === CR && b[j + 1] !== LF)) line++;
          if (j >= n) {
            this.#open = opened;
            if (this.#ended) throw this.#unclosed();
            return 'more';
          }
          if (j + 1 >= n) {
            this.#open = undefined;
            if (this.#ended) break;
            return 'more';
          }
          if (b[j + 1] !== QUOTE) break;
          doubled = true;
          j += 2;
        }
        this.#open = undefined;
        start = i + 1;
        end = j;
        for (i = j + 1; i < n && b[i] === SPACE && b[i] !== delimiter; ) i++;
        if (i >= n && !this.#ended) return 'more';
        if (i < n && b[i] !== delimiter && b[i] !== LF && b[i] !== CR) {
          throw badTable('text follows a closing quote; double the quotes that belong to the text, as in "a ""b"" c"', {
            line,
            column: cells + 1,
          });
        }
        if (doubled && cells < this.#mostCells) this.#escaped.push(cells);
      } else {
        while (i < n && b[i] !== delimiter && b[i] !== LF && b[i] !== CR) i++;
        if (i >= n && !this.#ended) return 'more';
        end = i;
      }
      if (cells < this.#mostCells) {
        if (cells === this.starts.length) this.#widen();
        this.starts[cells] = start;
        this.ends[cells] = end;
      }
      cells++;
      if (i >= n) break;
      const after = b[i];
      if (after === delimiter) {
        i++;
        if (i >= n && !this.#ended) return 'more';
        continue;
      }
      if (after === CR && i + 1 >= n && !this.#ended) return 'more';
      i += after === CR && i + 1 < n && b[i + 1] === LF ? 2 : 1;
      line++;
      break;
    }
    this.count = cells;
    this.#at = i;
    this.#nextLine = line;
    return 'record';
  }

  #fill(): void {
    const kept = this.#filled - this.#at;
    if (kept > MOST_RECORD_BYTES) {
      if (this.#open) throw this.#unclosed();
      throw badTable(
        `the line is longer than ${MOST_RECORD_BYTES / 2 ** 20} MB; a table has a line for each record, so check the line ends`,
        { line: this.line },
      );
    }
    if (this.buffer.length - kept < PIECE_BYTES) {
      const larger = Buffer.allocUnsafe(2 * this.buffer.length);
      this.buffer.copy(larger, 0, this.#at, this.#filled);
      this.buffer = larger;
    } else {
      this.buffer.copy(this.buffer, 0, this.#at, this.#filled);
    }
    this.#at = 0;
    this.#filled = kept;
    const size = this.#source.read(this.buffer, kept);
    this.#filled += size;
    this.#ended = size === 0;
  }

  #unclosed() {
    const { line = this.line, cell = 0 } = this.#open ?? {};
    return badTable('a quote is opened here and never closed', { line, column: cell + 1 });
  }

  #unescape(cell: number): void {
    const b = this.buffer;
    let to = this.starts[cell];
    for (let from = to; from < this.ends[cell]; from++) {
      b[to++] = b[from];
      if (b[from] === QUOTE) from++;
    }
    this.ends[cell] = to;
  }

  #widen(): void {
    const longer = (old: Int32Array) => {
      const array = new Int32Array(2 * old.length);
      array.set(old);
      return array;
    };
    this.starts = longer(this.starts);
    this.ends = longer(this.ends);
  }
}
