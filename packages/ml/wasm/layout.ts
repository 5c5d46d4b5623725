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

/** x^b of four positive x to about 1e-5, by polynomials for log2 and exp2 (Chebyshev fits). */
// @ts-ignore: decorator
@inline
function power(x: v128, b: v128): v128 {
  const octave = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f400000)), 23);
  const t = f32x4.sub(i32x4.sub(x, i32x4.shl(octave, 23)), f32x4.splat(1));
  let p = f32x4.add(f32x4.mul(f32x4.splat(0.11998386), t), f32x4.splat(-0.24276375));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.2982907));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.36154732));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.4806241));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.72132826));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.4426963));
  const exponent = f32x4.mul(b, f32x4.add(f32x4.convert_i32x4_s(octave), f32x4.mul(t, p)));
  const y = f32x4.pmin(f32x4.pmax(exponent, f32x4.splat(-126)), f32x4.splat(126));
  const whole = f32x4.nearest(y);
  const r = f32x4.sub(y, whole);
  let q = f32x4.add(f32x4.mul(f32x4.splat(0.00134004), r), f32x4.splat(0.009676037));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(0.05550327));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(0.24022107));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(0.6931472));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(1.0000001));
  return i32x4.add(q, i32x4.shl(i32x4.trunc_sat_f32x4_s(whole), 23));
}

function hash(value: u32): u32 {
  let h = value;
  h = (h ^ (h >> 16)) * 0x7feb352d;
  h = (h ^ (h >> 15)) * 0x846ca68b;
  return h ^ (h >> 16);
}

// @ts-ignore: decorator
@inline
function squares(x: usize, y: usize, at: usize, sum: v128): v128 {
  const difference = f32x4.sub(v128.load(x + at), v128.load(y + at));
  return f32x4.add(sum, f32x4.mul(difference, difference));
}

/** Of four vectors the sums of each one's lanes. */
// @ts-ignore: decorator
@inline
function laneSums(s0: v128, s1: v128, s2: v128, s3: v128): v128 {
  const low = f32x4.add(v128.shuffle<f32>(s0, s1, 0, 1, 4, 5), v128.shuffle<f32>(s0, s1, 2, 3, 6, 7));
  const high = f32x4.add(v128.shuffle<f32>(s2, s3, 0, 1, 4, 5), v128.shuffle<f32>(s2, s3, 2, 3, 6, 7));
  return f32x4.add(v128.shuffle<f32>(low, high, 0, 2, 4, 6), v128.shuffle<f32>(low, high, 1, 3, 5, 7));
}

/** step * clip(strength * (own - other)). */
// @ts-ignore: decorator
@inline
function moveBy(own: v128, other: v128, strength: v128, step: v128): v128 {
  const gradient = f32x4.mul(strength, f32x4.sub(own, other));
  return f32x4.mul(step, f32x4.pmax(f32x4.pmin(gradient, f32x4.splat(4)), f32x4.splat(-4)));
}

/**
 * Moves x by four others at once, each seen from where x was: lane by lane the strength is (pull p + push) / ((eps + d) (a p + 1))
 * with d the squared distance and p = d^b; none where d is 0.
 */
// @ts-ignore: decorator
@inline
function moveByFour(
  x: usize,
  y0: usize,
  y1: usize,
  y2: usize,
  y3: usize,
  bytes: usize,
  a: v128,
  b: v128,
  pull: v128,
  push: v128,
  eps: v128,
  step: v128,
): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let at: usize = 0; at < bytes; at += 16) {
    s0 = squares(x, y0, at, s0);
    s1 = squares(x, y1, at, s1);
    s2 = squares(x, y2, at, s2);
    s3 = squares(x, y3, at, s3);
  }
  const d = laneSums(s0, s1, s2, s3);
  const p = power(d, b);
  const below = f32x4.mul(f32x4.add(eps, d), f32x4.add(f32x4.mul(a, p), f32x4.splat(1)));
  const ratio = f32x4.div(f32x4.add(f32x4.mul(pull, p), push), below);
  const strength = v128.and(ratio, f32x4.gt(d, f32x4.splat(0)));
  for (let at: usize = 0; at < bytes; at += 16) {
    const own = v128.load(x + at);
    const by0 = moveBy(own, v128.load(y0 + at), v128.shuffle<f32>(strength, strength, 0, 0, 0, 0), v128.shuffle<f32>(step, step, 0, 0, 0, 0));
    const by1 = moveBy(own, v128.load(y1 + at), v128.shuffle<f32>(strength, strength, 1, 1, 1, 1), v128.shuffle<f32>(step, step, 1, 1, 1, 1));
    const by2 = moveBy(own, v128.load(y2 + at), v128.shuffle<f32>(strength, strength, 2, 2, 2, 2), v128.shuffle<f32>(step, step, 2, 2, 2, 2));
    const by3 = moveBy(own, v128.load(y3 + at), v128.shuffle<f32>(strength, strength, 3, 3, 3, 3), v128.shuffle<f32>(step, step, 3, 3, 3, 3));
    v128.store(x + at, f32x4.add(own, f32x4.add(f32x4.add(by0, by1), f32x4.add(by2, by3))));
  }
}

let state: u32 = 0;

/** The place of a row drawn at random; that of x, which moves nothing, where it is x itself or all have been drawn. */
// @ts-ignore: decorator
@inline
function drawn(isLeft: bool, x: usize, seen: usize, others: u32, row: i32, bytes: usize): usize {
  if (!isLeft) return x;
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  const far = <i32>((<u64>state * <u64>others) >> 32);
  return far == row ? x : seen + <usize>far * bytes;
}

/**
 * One epoch of rows [from, to). Places go from HEADS to MOVED in odd epochs and back in even ones; other rows are seen where they
 * were before the epoch. A row is moved by a tie and the draws that go with it in fours, the tie in the first of them.
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
  const rate4 = f32x4.splat(rate);
  const a = f32x4.splat(number(job, A));
  const b = f32x4.splat(number(job, B));
  const push = f32x4.splat(2 * number(job, PUSH) * number(job, B));
  const eps = f32x4.splat(0.001);
  const zero = f32x4.splat(0);
  const tiePull = f32x4.replace_lane(zero, 0, -2 * number(job, A) * number(job, B));
  const tiePush = f32x4.replace_lane(push, 0, 0);
  const tieEps = f32x4.replace_lane(eps, 0, 0);
  const tieStep = f32x4.replace_lane(rate4, 0, rate * number(job, PULL));
  const now = <f32>epoch;
  for (let row = from; row < to; row++) {
    const x = after + <usize>row * bytes;
    memory.copy(x, before + <usize>row * bytes, bytes);
    const itself = fixed ? -1 : row;
    const end = load<i32>(offsets + (<usize>row << 2), 4);
    state = hash(<u32>row + hash(<u32>epoch + hash(<u32>word(job, SEED)))) | 1;
    for (let edge = load<i32>(offsets + (<usize>row << 2)); edge < end; edge++) {
      const due = load<f32>(next + (<usize>edge << 2));
      if (due > now) continue;
      store<f32>(next + (<usize>edge << 2), due + load<f32>(every + (<usize>edge << 2)));
      const tied = seen + <usize>load<i32>(tails + (<usize>edge << 2)) * bytes;
      let y1 = drawn(negatives > 0, x, seen, others, itself, bytes);
      let y2 = drawn(negatives > 1, x, seen, others, itself, bytes);
      let y3 = drawn(negatives > 2, x, seen, others, itself, bytes);
      moveByFour(x, tied, y1, y2, y3, bytes, a, b, tiePull, tiePush, tieEps, tieStep);
      for (let left = negatives - 3; left > 0; left -= 4) {
        const y0 = drawn(true, x, seen, others, itself, bytes);
        y1 = drawn(left > 1, x, seen, others, itself, bytes);
        y2 = drawn(left > 2, x, seen, others, itself, bytes);
        y3 = drawn(left > 3, x, seen, others, itself, bytes);
        moveByFour(x, y0, y1, y2, y3, bytes, a, b, zero, push, eps, rate4);
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
