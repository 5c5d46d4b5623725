import { badTable, shown } from '../bad-table.ts';
import type { ColumnType } from '../columnar/table-format.ts';
import type { TableWriter } from '../columnar/table-writer.ts';
import { TextGroup } from '../columnar/text-group.ts';
import { TextSketch } from '../profile/text-sketch.ts';
import { isInfinity, isMissing, readBoolean, readDate } from './cell-values.ts';
import type { NumberReader } from './number-reader.ts';

/** Whether the rows so far were kept as they are to be; otherwise the file is read again, with the type that is known now. */
export type Kept = boolean;

/**
 * One column while a file is read. Its type is that of its first value, and becomes wider with what follows: from `integer` to
 * `number`, from anything to `text`. Numbers that were written before a text came are lost as texts, so then `kept` is false.
 */
export class ColumnBuilder {
  readonly name: string;
  type: ColumnType;
  kept: Kept = true;
  missing = 0;
  readonly sketch: TextSketch;
  readonly #place: number;
  readonly #reader: NumberReader;
  readonly #numbers: Float64Array;
  readonly #codes: Int32Array;
  readonly #texts = new TextGroup();
  #infinite: { readonly line: number; readonly text: string } | undefined;

  /**
   * @param place from 0.
   * @param groupRows rows of a group at most.
   * @param type what an earlier reading has found; `empty` for nothing.
   * @param keptTexts how many different texts are counted.
   */
  constructor(
    name: string,
    place: number,
    groupRows: number,
    type: ColumnType,
    reader: NumberReader,
    keptTexts: number,
  ) {
    this.name = name;
    this.type = type;
    this.#place = place;
    this.#reader = reader;
    // One of the two is all that a column needs; which one is known only once it has a value.
    this.#numbers = new Float64Array(groupRows).fill(Number.NaN);
    this.#codes = new Int32Array(groupRows).fill(-1);
    this.sketch = new TextSketch(keptTexts);
  }

  /** The value of a row of the group, from the bytes of its trimmed cell. */
  add(row: number, b: Buffer, from: number, to: number, line: number): void {
    if (isMissing(b, from, to)) {
      this.missing++;
      return;
    }
    switch (this.type) {
      case 'text':
        this.#codes[row] = this.#texts.add(b, from, to);
        return;
      case 'integer':
      case 'number':
        this.#number(row, b, from, to, line);
        return;
      case 'boolean': {
        const value = readBoolean(b, from, to);
        if (value === -1) this.#becomeText(row, b, from, to);
        else this.#numbers[row] = value;
        return;
      }
      case 'date': {
        const value = readDate(b, from, to);
        if (Number.isNaN(value)) this.#becomeText(row, b, from, to);
        else this.#numbers[row] = value;
        return;
      }
      case 'empty':
        this.type = this.#typeOf(b, from, to);
        this.add(row, b, from, to, line);
    }
  }

  /** Ends a group: hands it to the writer, and forgets it. */
  flush(rows: number, writer: TableWriter): void {
    if (this.type === 'text') {
      writer.texts(this.#codes.subarray(0, rows), this.#texts);
      this.sketch.add(this.#texts);
      this.#codes.fill(-1, 0, rows);
      this.#texts.clear();
    } else {
      writer.numbers(this.#numbers.subarray(0, rows));
      this.#numbers.fill(Number.NaN, 0, rows);
    }
  }

  /** @throws DomainError BAD_TABLE for an infinite value in a column of numbers. */
  check(): void {
    if (!this.#infinite || this.type === 'text') return;
    const { line, text } = this.#infinite;
    throw badTable(`${shown(text)} is no finite number; leave the cell empty where the value is not known`, {
      line,
      column: this.#place + 1,
      name: this.name,
    });
  }

  #number(row: number, b: Buffer, from: number, to: number, line: number): void {
    const value = this.#reader.read(b, from, to);
    if (value - value === 0) {
      if (!this.#reader.integer) this.type = 'number';
      // A long number that a double does not hold is the name of something: of an account, of a document.
      else if (!Number.isSafeInteger(value)) {
        this.#becomeText(row, b, from, to);
        return;
      }
      this.#numbers[row] = value;
      return;
    }
    if (Number.isNaN(value) && !isInfinity(b, from, to)) {
      this.#becomeText(row, b, from, to);
      return;
    }
    this.#infinite ??= { line, text: b.toString('utf8', from, to) };
  }

  #becomeText(row: number, b: Buffer, from: number, to: number): void {
    this.type = 'text';
    this.kept = false;
    this.#codes[row] = this.#texts.add(b, from, to);
  }

  #typeOf(b: Buffer, from: number, to: number): ColumnType {
    if (!Number.isNaN(this.#reader.read(b, from, to)) || isInfinity(b, from, to)) return 'integer';
    if (readBoolean(b, from, to) !== -1) return 'boolean';
    return Number.isNaN(readDate(b, from, to)) ? 'text' : 'date';
  }
}
