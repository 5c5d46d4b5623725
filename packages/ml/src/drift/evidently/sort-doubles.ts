const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
const MASK = DIGITS - 1;
/** Smaller samples are left to the library's sort. */
const SMALL = 1500;

/** The digit of a pass: three of the low word, three of the high one, which the sign begins. */
const digitOf = (low: number, high: number, pass: number) =>
  pass < 3 ? (low >>> (pass * DIGIT_BITS)) & MASK : (high >>> ((pass - 3) * DIGIT_BITS)) & MASK;

/**
 * A sorted copy, rising, by radix: six passes over the bits (fewer where all share a digit). No NaN among them; -0 comes before 0.
 */
export function sortedDoubles(values: Float64Array): Float64Array {
  const size = values.length;
  if (size < SMALL) return values.toSorted();
  // Every machine that V8 runs on has the low word first.
  const words = new Uint32Array(Float64Array.from(values).buffer);
  let [low, high] = [new Uint32Array(size), new Uint32Array(size)];
  let [lowTo, highTo] = [new Uint32Array(size), new Uint32Array(size)];
  const counts = new Uint32Array(6 * DIGITS);
  for (let at = 0; at < size; at++) {
    // Turned so that unsigned order is the order of the numbers: all bits of a negative one, the sign of a positive one.
    const negative = -(words[2 * at + 1] >>> 31);
    const l = (words[2 * at] ^ negative) >>> 0;
    const h = (words[2 * at + 1] ^ (negative | 0x80000000)) >>> 0;
    low[at] = l;
    high[at] = h;
    counts[l & MASK]++;
    counts[DIGITS + ((l >>> DIGIT_BITS) & MASK)]++;
    counts[2 * DIGITS + (l >>> (2 * DIGIT_BITS))]++;
    counts[3 * DIGITS + (h & MASK)]++;
    counts[4 * DIGITS + ((h >>> DIGIT_BITS) & MASK)]++;
    counts[5 * DIGITS + (h >>> (2 * DIGIT_BITS))]++;
  }
  for (let pass = 0; pass < 6; pass++) {
    const base = pass * DIGITS;
    if (counts[base + digitOf(low[0], high[0], pass)] === size) continue;
    for (let digit = 0, before = 0; digit < DIGITS; digit++) {
      const count = counts[base + digit];
      counts[base + digit] = before;
      before += count;
    }
    const key = pass < 3 ? low : high;
    const shift = (pass % 3) * DIGIT_BITS;
    for (let at = 0; at < size; at++) {
      const to = counts[base + ((key[at] >>> shift) & MASK)]++;
      lowTo[to] = low[at];
      highTo[to] = high[at];
    }
    [low, lowTo, high, highTo] = [lowTo, low, highTo, high];
  }
  for (let at = 0; at < size; at++) {
    const turned = high[at] >>> 31 ? 0 : 0xffffffff;
    words[2 * at] = low[at] ^ turned;
    words[2 * at + 1] = high[at] ^ (turned | 0x80000000);
  }
  return new Float64Array(words.buffer);
}
