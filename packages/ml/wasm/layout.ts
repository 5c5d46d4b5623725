// The kernel of src/manifold's UMAP: stochastic descent of a layout, and products of a sparse matrix with a block of vectors. Each
// row is written by one call alone, which reads of other rows only what no call writes meanwhile: results know no threads.

// Words of a job; the numbers from A on are f32.
const WIDTH = 0;
const STRIDE = 1;
const OFFSETS = 2;
const TAILS = 3;
const EVERY = 4;
const NEXT = 5;
const HEADS = 6;
const FIXED = 7;
const MOVED = 8;
const TAIL_ROWS = 9;
const SEED = 10;
const NEGATIVES = 11;
const A = 12;
const B = 13;
const PULL = 14;
const PUSH = 15;

// @ts-ignore: decorator
@inline
function word(job: usize, at: i32): i32 {
  return load<i32>(job + (<usize>at << 2));
}

// @ts-ignore: decorator
@inline
function number(job: usize, at: i32): f32 {
  return load<f32>(job + (<usize>at << 2));
}

/** x^b of a positive x to about 1e-5, by polynomials for log2 and exp2 (Chebyshev fits). */
// @ts-ignore: decorator
@inline
function power(x: f32, b: f32): f32 {
  const octave = (reinterpret<i32>(x) - 0x3f400000) >> 23;
  const t = reinterpret<f32>(reinterpret<i32>(x) - (octave << 23)) - 1;
  let p: f32 = 0.11998386 * t - 0.24276375;
  p = p * t + 0.2982907;
  p = p * t - 0.36154732;
  p = p * t + 0.4806241;
  p = p * t - 0.72132826;
  p = p * t + 1.4426963;
  const y = min<f32>(max<f32>(b * (<f32>octave + t * p), -126), 126);
  const whole = nearest<f32>(y);
  const r = y - whole;
  let q: f32 = 0.00134004 * r + 0.009676037;
  q = q * r + 0.05550327;
  q = q * r + 0.24022107;
  q = q * r + 0.6931472;
  q = q * r + 1.0000001;
  return reinterpret<f32>(reinterpret<i32>(q) + (<i32>whole << 23));
}

function hash(value: u32): u32 {
  let h = value;
  h = (h ^ (h >> 16)) * 0x7feb352d;
  h = (h ^ (h >> 15)) * 0x846ca68b;
  return h ^ (h >> 16);
}

// @ts-ignore: decorator
@inline
function squareBetween(x: usize, y: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const difference = f32x4.sub(v128.load(x + at), v128.load(y + at));
    sum = f32x4.add(sum, f32x4.mul(difference, difference));
  }
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
}

/** x += step * clip(strength * (x - y)). */
// @ts-ignore: decorator
@inline
function move(x: usize, y: usize, bytes: usize, strength: f32, step: f32): void {
  const by = f32x4.splat(strength);
  const most = f32x4.splat(4);
  const least = f32x4.splat(-4);
  const rate = f32x4.splat(step);
  for (let at: usize = 0; at < bytes; at += 16) {
    const own = v128.load(x + at);
    const gradient = f32x4.mul(by, f32x4.sub(own, v128.load(y + at)));
    v128.store(x + at, f32x4.add(own, f32x4.mul(rate, f32x4.pmax(f32x4.pmin(gradient, most), least))));
  }
}

/**
 * One epoch of rows [from, to). Places go from HEADS to MOVED in odd epochs and back in even ones; other rows are seen where they
 * were before the epoch.
 */
export function descend(job: usize, from: i32, to: i32, epoch: i32, rate: f32): void {
  const bytes = <usize>word(job, STRIDE) << 2;
  const offsets = <usize>word(job, OFFSETS);
  const tails = <usize>word(job, TAILS);
  const every = <usize>word(job, EVERY);
  const next = <usize>word(job, NEXT);
  const fixed = <usize>word(job, FIXED);
  const before = <usize>word(job, epoch & 1 ? HEADS : MOVED);
  const seen = fixed ? fixed : before;
  const after = <usize>word(job, epoch & 1 ? MOVED : HEADS);
  const others = word(job, TAIL_ROWS);
  const negatives = word(job, NEGATIVES);
  const a = number(job, A);
  const b = number(job, B);
  const pull = number(job, PULL);
  const push = number(job, PUSH);
  const now = <f32>epoch;
  for (let row = from; row < to; row++) {
    const x = after + <usize>row * bytes;
    memory.copy(x, before + <usize>row * bytes, bytes);
    const end = load<i32>(offsets + (<usize>row << 2), 4);
    let state = hash(<u32>row + hash(<u32>epoch + hash(<u32>word(job, SEED)))) | 1;
    for (let edge = load<i32>(offsets + (<usize>row << 2)); edge < end; edge++) {
      const due = load<f32>(next + (<usize>edge << 2));
      if (due > now) continue;
      store<f32>(next + (<usize>edge << 2), due + load<f32>(every + (<usize>edge << 2)));
      const other = load<i32>(tails + (<usize>edge << 2));
      const y = seen + <usize>other * bytes;
      const near = squareBetween(x, y, bytes);
      if (near > 0) {
        const p = power(near, b);
        move(x, y, bytes, (-2 * a * b * p) / (near * (a * p + 1)), rate * pull);
      }
      for (let drawn = 0; drawn < negatives; drawn++) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        const far = <i32>((<u64>state * <u64>others) >> 32);
        if (far == row && !fixed) continue;
        const z = seen + <usize>far * bytes;
        const square = squareBetween(x, z, bytes);
        if (square > 0) {
          const p = power(square, b);
          move(x, z, bytes, (2 * push * b) / ((<f32>0.001 + square) * (a * p + 1)), rate);
        }
      }
    }
  }
}

/**
 * Rows [from, to) of Y = alpha A X + beta X + gamma Y: A by rows (offsets, columns, values), X and Y blocks of `width` (a multiple of
 * four) vectors, row after row. `job`: words width, offsets, columns, values, X, Y, then f32 alpha, beta, gamma.
 */
export function spread(job: usize, from: i32, to: i32): void {
  const bytes = <usize>word(job, 0) << 2;
  const offsets = <usize>word(job, 1);
  const columns = <usize>word(job, 2);
  const values = <usize>word(job, 3);
  const X = <usize>word(job, 4);
  const Y = <usize>word(job, 5);
  const alpha = v128.load32_splat(job + 24);
  const beta = v128.load32_splat(job + 28);
  const gamma = v128.load32_splat(job + 32);
  for (let row = from; row < to; row++) {
    const first = load<i32>(offsets + (<usize>row << 2));
    const end = load<i32>(offsets + (<usize>row << 2), 4);
    const own = <usize>row * bytes;
    for (let at: usize = 0; at < bytes; at += 16) {
      let sum = f32x4.splat(0);
      for (let entry = first; entry < end; entry++) {
        const place = <usize>entry << 2;
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(values + place), v128.load(X + <usize>load<i32>(columns + place) * bytes + at)));
      }
      const kept = f32x4.add(f32x4.mul(beta, v128.load(X + own + at)), f32x4.mul(gamma, v128.load(Y + own + at)));
      v128.store(Y + own + at, f32x4.add(f32x4.mul(alpha, sum), kept));
    }
  }
}
