const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** Of so many digits every number is exact as a double. */
const EXACT_DIGITS = 15;

/** Reads decimal numbers from bytes, to the same double as JavaScript's own reading of the text. */
export class NumberReader {
  /** Of the last number: it had neither a decimal mark nor an exponent. */
  integer = false;
  readonly #comma: boolean;

  /** @param decimalComma whether a comma may stand for the point: where it does not part the cells. */
  constructor(decimalComma: boolean) {
    this.#comma = decimalComma;
  }

  /** @returns NaN for what is no number; an infinite one where it is beyond the range of doubles. */
  read(b: Uint8Array, from: number, to: number): number {
    let i = from;
    const negative = b[i] === 45;
    if (negative || b[i] === 43) i++;
    let mantissa = 0;
    let digits = 0;
    let significant = 0;
    let exponent = 0;
    let integer = true;
    for (; i < to; i++) {
      const digit = b[i] - 48;
      if (digit >= 0 && digit <= 9) {
        digits++;
        if (significant > 0 || digit > 0) significant++;
        if (significant <= EXACT_DIGITS) mantissa = mantissa * 10 + digit;
        if (!integer) exponent--;
      } else if (integer && (b[i] === 46 || (b[i] === 44 && this.#comma))) {
        integer = false;
      } else {
        break;
      }
    }
    if (digits === 0) return Number.NaN;
    if (i < to) {
      const written = this.#exponent(b, i, to);
      if (Number.isNaN(written)) return Number.NaN;
      exponent += written;
      integer = false;
    }
    this.integer = integer;
    if (significant <= EXACT_DIGITS && exponent >= -22 && exponent <= 22) {
      const value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
      return negative ? -value : value;
    }
    return Number(
      Buffer.from(b.buffer, b.byteOffset + from, to - from)
        .toString('latin1')
        .replace(',', '.'),
    );
  }

  #exponent(b: Uint8Array, at: number, to: number): number {
    if (b[at] !== 69 && b[at] !== 101) return Number.NaN;
    let i = at + 1;
    const negative = b[i] === 45;
    if (negative || b[i] === 43) i++;
    if (i >= to || to - i > 5) return Number.NaN;
    let value = 0;
    for (; i < to; i++) {
      const digit = b[i] - 48;
      if (digit < 0 || digit > 9) return Number.NaN;
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }
}
