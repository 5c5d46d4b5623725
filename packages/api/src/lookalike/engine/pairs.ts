/** Distinct (user, key) pairs of events before a day: which brands a user bought, which categories, whose offers. */
import type { Events } from './world.ts';

/** By user; keys ascending within a user. */
export interface Pairs {
  readonly offsets: Int32Array;
  readonly key: Int32Array;
  readonly count: Float32Array;
  /** Day of the first and of the last event of the pair. */
  readonly first: Uint16Array;
  readonly last: Uint16Array;
}

/** The same pairs by key; users ascending within a key. */
export interface PairsByKey {
  readonly offsets: Int32Array;
  readonly user: Int32Array;
}

/** Negative keys are no key: such events are left out. */
export function pairsBefore(events: Events, keys: Int32Array | Uint16Array, keyCount: number, day: number): Pairs {
  const { offsets, day: days } = events;
  const users = offsets.length - 1;
  const slot = new Int32Array(keyCount).fill(-1);
  const pairOffsets = new Int32Array(users + 1);
  const key = new Int32Array(keys.length);
  const count = new Float32Array(keys.length);
  const first = new Uint16Array(keys.length);
  const last = new Uint16Array(keys.length);
  let size = 0;
  for (let u = 0; u < users; u++) {
    const from = size;
    for (let at = offsets[u]; at < offsets[u + 1] && days[at] < day; at++) {
      const k = keys[at];
      if (k >= 0 && slot[k] < 0) {
        slot[k] = 0;
        key[size++] = k;
      }
    }
    sortRange(key, from, size);
    for (let at = from; at < size; at++) slot[key[at]] = at;
    for (let at = offsets[u]; at < offsets[u + 1] && days[at] < day; at++) {
      if (keys[at] < 0) continue;
      const to = slot[keys[at]];
      if (count[to] === 0) first[to] = days[at];
      count[to]++;
      last[to] = days[at];
    }
    for (let at = from; at < size; at++) slot[key[at]] = -1;
    pairOffsets[u + 1] = size;
  }
  return {
    offsets: pairOffsets,
    key: key.slice(0, size),
    count: count.slice(0, size),
    first: first.slice(0, size),
    last: last.slice(0, size),
  };
}

/** Most ranges are short, and a view and a call of the library's sort cost more than they need. */
const SHORT = 48;

/** Sorts values[from..to) ascending, in place. */
function sortRange(values: Int32Array, from: number, to: number): void {
  if (to - from > SHORT) {
    values.subarray(from, to).sort();
    return;
  }
  for (let at = from + 1; at < to; at++) {
    const value = values[at];
    let hole = at;
    for (; hole > from && values[hole - 1] > value; hole--) values[hole] = values[hole - 1];
    values[hole] = value;
  }
}

export function pairsByKey(pairs: Pairs, keyCount: number): PairsByKey {
  const offsets = new Int32Array(keyCount + 1);
  for (let at = 0; at < pairs.key.length; at++) offsets[pairs.key[at] + 1]++;
  for (let k = 0; k < keyCount; k++) offsets[k + 1] += offsets[k];
  const next = offsets.slice(0, keyCount);
  const user = new Int32Array(pairs.key.length);
  for (let u = 0; u < pairs.offsets.length - 1; u++) {
    for (let at = pairs.offsets[u]; at < pairs.offsets[u + 1]; at++) user[next[pairs.key[at]]++] = u;
  }
  return { offsets, user };
}
