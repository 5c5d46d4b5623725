/** What a cell's bytes stand for. All of these take the bytes of a trimmed cell, `from` to `to`. */

const lower = (byte: number): number => (byte >= 65 && byte <= 90 ? byte + 32 : byte);

/** Words for "not known", in any case, beside the empty cell. */
const MISSING = ['na', 'n/a', '#n/a', 'nan', 'null', 'none', 'nat', '<na>'].map((word) => Buffer.from(word));
export const MISSING_MARKS: readonly string[] = ['', ...MISSING.map(String)];

export function isMissing(b: Uint8Array, from: number, to: number): boolean {
  const length = to - from;
  if (length === 0) return true;
  if (length < 2 || length > 4) return false;
  const first = lower(b[from]);
  if (first !== 110 && first !== 35 && first !== 60) return false;
  return MISSING.some((word) => isWord(b, from, to, word));
}

/** @param word in lower case. */
function isWord(b: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  if (to - from !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (lower(b[from + i]) !== word[i]) return false;
  return true;
}

const TRUE = ['true', 'yes', 'да', 'Да', 'ДА'].map((word) => Buffer.from(word));
const FALSE = ['false', 'no', 'нет', 'Нет', 'НЕТ'].map((word) => Buffer.from(word));
const FIRST_BYTES = new Set([...TRUE, ...FALSE].map((word) => word[0]));

/** @returns 1 or 0; -1 for what is neither. */
export function readBoolean(b: Uint8Array, from: number, to: number): number {
  if (to - from < 2 || to - from > 6 || !FIRST_BYTES.has(lower(b[from]))) return -1;
  for (const word of TRUE) if (isWord(b, from, to, word)) return 1;
  for (const word of FALSE) if (isWord(b, from, to, word)) return 0;
  return -1;
}

const INFINITIES = ['inf', 'infinity', '∞'].map((word) => Buffer.from(word));

export function isInfinity(b: Uint8Array, from: number, to: number): boolean {
  const start = b[from] === 43 || b[from] === 45 ? from + 1 : from;
  return to - start >= 3 && to - start <= 8 && INFINITIES.some((word) => isWord(b, start, to, word));
}

const TIME = /^[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?$/;
const DAY = 86_400_000;

/**
 * A day, or a moment, as `2026-01-31`, `31.01.2026`, with a time behind it or not, which is UTC unless it says otherwise.
 *
 * @returns milliseconds since 1970; NaN for what is none.
 */
export function readDate(b: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length < 10 || length > 35) return Number.NaN;
  let day: number;
  if (b[from + 4] === 45 && b[from + 7] === 45) {
    day = dayOf(digits(b, from, 4), digits(b, from + 5, 2), digits(b, from + 8, 2));
  } else if (b[from + 2] === 46 && b[from + 5] === 46) {
    day = dayOf(digits(b, from + 6, 4), digits(b, from + 3, 2), digits(b, from, 2));
  } else {
    return Number.NaN;
  }
  return length === 10 ? day : day + timeOf(Buffer.from(b.subarray(from + 10, to)).toString('latin1'));
}

/** NaN where one of them is no digit. */
function digits(b: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = b[i] - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = 10 * value + digit;
  }
  return value;
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The first moment of a day of the years 100 to 9999. */
function dayOf(year: number, month: number, day: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (!(year >= 100 && month >= 1 && month <= 12)) return Number.NaN;
  if (!(day >= 1 && day <= MONTH_LENGTHS[month - 1] + (leap ? 1 : 0))) return Number.NaN;
  return Date.UTC(year, month - 1, day);
}

/** Milliseconds since the day began. */
function timeOf(text: string): number {
  const [whole, hour, minute, second = '0', fraction = '0', zone = 'Z'] = TIME.exec(text) ?? [];
  if (whole === undefined || +hour > 23 || +minute > 59 || +second > 59) return Number.NaN;
  const time = (60 * (60 * +hour + +minute) + +second) * 1000 + Math.trunc(1000 * Number(`0.${fraction}`));
  return zone === 'Z' ? time : time - offsetOf(zone);
}

function offsetOf(zone: string): number {
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return hours * 60 + minutes > 24 * 60
    ? Number.NaN
    : ((zone[0] === '-' ? -1 : 1) * (60 * hours + minutes) * DAY) / 1440;
}
