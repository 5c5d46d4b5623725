import { randomBytes } from 'node:crypto';

let lastMillisecond = 0;
let sequence = 0;

/**
 * A UUID of version 7 (RFC 9562, method 1: 12 bits of counter after the millisecond), strictly growing inside a process,
 * so that ordering by id is ordering by creation and one column is enough for keyset pages.
 */
export function newId(now: number = Date.now()): string {
  if (now > lastMillisecond) {
    lastMillisecond = now;
    sequence = randomBytes(2).readUInt16BE() & 0x7ff;
  } else {
    sequence += 1;
    if (sequence > 0xfff) {
      // The counter is used up: borrow the next millisecond rather than repeat an id.
      lastMillisecond += 1;
      sequence = 0;
    }
  }
  const random = randomBytes(8);
  random[0] = (random[0] & 0x3f) | 0x80;
  const time = lastMillisecond.toString(16).padStart(12, '0');
  const tail = random.toString('hex');
  const counter = (0x7000 | sequence).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-${counter}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

/** What no id of an earlier millisecond reaches. */
export function firstIdAt(millisecond: number): string {
  const time = Math.min(Math.max(Math.trunc(millisecond), 0), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

/** Whether a text can be an id at all; asking PostgreSQL for one that cannot is an error rather than no row. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** MLflow's form of a run id: 32 hexadecimal digits. */
export function newRunId(): string {
  return newId().replaceAll('-', '');
}
