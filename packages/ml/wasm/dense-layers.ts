/**
 * Training of dense layers that are to give back what they are given, in f32. All widths are multiples of four, the rest zeros.
 * Every number is one sum over ascending places, and gradients of the parts of a batch are added part by part, so that the result is
 * the same however the work is divided. What the numbers at `job` and of a layer are: src/neural/network-memory.ts.
 */
import { exponential } from './exponential';

const RELU: i32 = 1;
const TANH: i32 = 2;
const SIGMOID: i32 = 3;

const LAYERS: usize = 0;
const ROW_BYTES: usize = 4;
const PART_ROWS: usize = 8;
const BATCH_ROWS: usize = 12;
const ORDER: usize = 16;
const X: usize = 20;
const WEIGHTS: usize = 24;
const TURNED: usize = 28;
const MOMENTS: usize = 32;
const SQUARES: usize = 36;
const GRADIENTS: usize = 40;
const NUMBERS: usize = 44;
const SCRATCH: usize = 48;
const SCRATCH_BYTES: usize = 52;
const COLUMNS: usize = 56;
const CODE_LAYER: usize = 60;
const LOSSES: usize = 64;
const RATE: usize = 72;
const POWER1: usize = 80;
const POWER2: usize = 88;
const STEP: usize = 96;
const STEP_EPSILON: usize = 100;
const LOSS: usize = 104;
const TABLE: usize = 128;
const LAYER_BYTES: usize = 32;

const BETA1: f64 = 0.9;
const BETA2: f64 = 0.999;
const EPSILON: f64 = 1e-8;

// @ts-ignore: decorator
@inline
function layerAt(job: usize, layer: i32): usize {
  return job + TABLE + <usize>layer * LAYER_BYTES;
}
// @ts-ignore: decorator
@inline
function word(at: usize, offset: usize): usize {
  return <usize>load<u32>(at + offset);
}
// @ts-ignore: decorator
@inline
function scratchOf(job: usize, slot: i32): usize {
  return word(job, SCRATCH) + <usize>slot * word(job, SCRATCH_BYTES);
}

/**
 * C[m][n] = start[n] + sum over k of A(m, k) B[k][n], A(m, k) at A + m aRow + k aStep (bytes), the others row by row. m a multiple
 * of four, n bytes of a row of C and of B; start may be 0.
 */
function product(
  A: usize,
  aRow: usize,
  aStep: usize,
  B: usize,
  C: usize,
  m: i32,
  n: usize,
  k: i32,
  start: usize,
): void {
  const end = B + <usize>k * n;
  const zero = f32x4.splat(0);
  for (let row = 0; row < m; row += 4) {
    let column: usize = 0;
    for (; column + 32 <= n; column += 32) {
      let p0 = start ? v128.load(start + column) : zero;
      let p1 = start ? v128.load(start + column, 16) : zero;
      let q0 = p0;
      let q1 = p1;
      let r0 = p0;
      let r1 = p1;
      let s0 = p0;
      let s1 = p1;
      let a = A;
      for (let b = B + column; b < end; b += n) {
        const low = v128.load(b);
        const high = v128.load(b, 16);
        const x = v128.load32_splat(a);
        p0 = f32x4.add(p0, f32x4.mul(x, low));
        p1 = f32x4.add(p1, f32x4.mul(x, high));
        const y = v128.load32_splat(a + aRow);
        q0 = f32x4.add(q0, f32x4.mul(y, low));
        q1 = f32x4.add(q1, f32x4.mul(y, high));
        const z = v128.load32_splat(a + 2 * aRow);
        r0 = f32x4.add(r0, f32x4.mul(z, low));
        r1 = f32x4.add(r1, f32x4.mul(z, high));
        const w = v128.load32_splat(a + 3 * aRow);
        s0 = f32x4.add(s0, f32x4.mul(w, low));
        s1 = f32x4.add(s1, f32x4.mul(w, high));
        a += aStep;
      }
      let c = C + column;
      v128.store(c, p0);
      v128.store(c, p1, 16);
      c += n;
      v128.store(c, q0);
      v128.store(c, q1, 16);
      c += n;
      v128.store(c, r0);
      v128.store(c, r1, 16);
      c += n;
      v128.store(c, s0);
      v128.store(c, s1, 16);
    }
    if (column < n) {
      let p = start ? v128.load(start + column) : zero;
      let q = p;
      let r = p;
      let s = p;
      let a = A;
      for (let b = B + column; b < end; b += n) {
        const low = v128.load(b);
        p = f32x4.add(p, f32x4.mul(v128.load32_splat(a), low));
        q = f32x4.add(q, f32x4.mul(v128.load32_splat(a + aRow), low));
        r = f32x4.add(r, f32x4.mul(v128.load32_splat(a + 2 * aRow), low));
        s = f32x4.add(s, f32x4.mul(v128.load32_splat(a + 3 * aRow), low));
        a += aStep;
      }
      const c = C + column;
      v128.store(c, p);
      v128.store(c + n, q);
      v128.store(c + 2 * n, r);
      v128.store(c + 3 * n, s);
    }
    A += 4 * aRow;
    C += 4 * n;
  }
}

/** 1 / (1 + e^-x) of four numbers. */
function sigmoid(x: v128): v128 {
  // Beyond these the result is 0 or 1 to the last place; no number stays none.
  const bounded = f32x4.max(f32x4.min(x, f32x4.splat(100)), f32x4.splat(-100));
  const one = f64x2.splat(1);
  const low = f64x2.promote_low_f32x4(f32x4.neg(bounded));
  const high = f64x2.promote_low_f32x4(f32x4.neg(v128.shuffle<i32>(bounded, bounded, 2, 3, 0, 1)));
  const a = f32x4.demote_f64x2_zero(f64x2.div(one, f64x2.add(one, exponential(low))));
  const b = f32x4.demote_f64x2_zero(f64x2.div(one, f64x2.add(one, exponential(high))));
  return v128.shuffle<i32>(a, b, 0, 1, 4, 5);
}

/** Bends `bytes` of numbers in place. */
function bend(kind: i32, at: usize, bytes: usize): void {
  const end = at + bytes;
  const zero = f32x4.splat(0);
  if (kind == RELU) {
    for (; at < end; at += 16) v128.store(at, f32x4.pmax(v128.load(at), zero));
  } else if (kind == SIGMOID) {
    for (; at < end; at += 16) v128.store(at, sigmoid(v128.load(at)));
  } else if (kind == TANH) {
    const one = f32x4.splat(1);
    for (; at < end; at += 16) {
      const x = v128.load(at);
      const s = sigmoid(f32x4.add(x, x));
      v128.store(at, f32x4.sub(f32x4.add(s, s), one));
    }
  }
}

/** Multiplies gradients by the slope of the bend, which follows from the bent numbers. */
function unbend(kind: i32, bent: usize, gradients: usize, bytes: usize): void {
  const end = bent + bytes;
  const one = f32x4.splat(1);
  for (; bent < end; bent += 16) {
    const a = v128.load(bent);
    const g = v128.load(gradients);
    if (kind == RELU) v128.store(gradients, v128.and(g, f32x4.gt(a, f32x4.splat(0))));
    else if (kind == TANH) v128.store(gradients, f32x4.mul(g, f32x4.sub(one, f32x4.mul(a, a))));
    else v128.store(gradients, f32x4.mul(g, f32x4.mul(a, f32x4.sub(one, a))));
    gradients += 16;
  }
}

/** Passes `rows` rows at the start of `scratch` through the layers before `to`. */
function forward(job: usize, scratch: usize, rows: i32, to: i32): void {
  const weights = word(job, WEIGHTS);
  const m = (rows + 3) & ~3;
  for (let layer = 0; layer < to; layer++) {
    const at = layerAt(job, layer);
    const inner = <i32>word(at, 0);
    const outBytes = word(at, 4) << 2;
    const W = weights + (word(at, 8) << 2);
    const kind = load<i32>(at, 12);
    const into = scratch + word(at, 20);
    const inBytes = <usize>inner << 2;
    product(scratch + word(at, 16), inBytes, 4, W, into, m, outBytes, inner, W + <usize>inner * outBytes);
    bend(kind, into, <usize>m * outBytes);
    // What fills a width up to a multiple of four must stay nothing.
    const width = word(at, 24) << 2;
    if (kind == SIGMOID && width < outBytes)
      for (let row = 0; row < m; row++)
        for (let column = width; column < outBytes; column += 4)
          store<f32>(into + <usize>row * outBytes + column, 0);
  }
}

/**
 * Gradients of a part of a batch of `total` rows, those at `order` from..from + count, into the slot's own, and the sum of its
 * squared errors. @param count at most PART_ROWS.
 */
export function gradients(job: usize, slot: i32, from: i32, count: i32, total: i32): void {
  const scratch = scratchOf(job, slot);
  const rowBytes = word(job, ROW_BYTES);
  const order = word(job, ORDER) + (<usize>from << 2);
  for (let row = 0; row < count; row++)
    memory.copy(scratch + <usize>row * rowBytes, word(job, X) + <usize>load<u32>(order + (<usize>row << 2)) * rowBytes, rowBytes);
  const layers = load<i32>(job, LAYERS);
  forward(job, scratch, count, layers);
  const m = (count + 3) & ~3;
  const last = layerAt(job, layers - 1);
  let delta = scratch + word(last, 28);
  const given = scratch + word(last, 20);
  const scale = f32x4.splat(2 / (<f32>total * <f32>load<i32>(job, COLUMNS)));
  let loss: f64 = 0;
  for (let row = 0; row < count; row++) {
    let sum = f32x4.splat(0);
    for (let at = <usize>row * rowBytes; at < (<usize>row + 1) * rowBytes; at += 16) {
      const difference = f32x4.sub(v128.load(given + at), v128.load(scratch + at));
      sum = f32x4.add(sum, f32x4.mul(difference, difference));
      v128.store(delta + at, f32x4.mul(difference, scale));
    }
    loss += <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1) + <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3);
  }
  store<f64>(word(job, LOSSES) + (<usize>slot << 3), loss);
  const mine = word(job, GRADIENTS) + ((<usize>slot * word(job, NUMBERS)) << 2);
  for (let layer = layers - 1; layer >= 0; layer--) {
    const at = layerAt(job, layer);
    const inner = <i32>word(at, 0);
    const outBytes = word(at, 4) << 2;
    const inBytes = <usize>inner << 2;
    const a = scratch + word(at, 16);
    const into = mine + (word(at, 8) << 2);
    product(a, 4, inBytes, delta, into, inner, outBytes, count, 0);
    const bias = into + <usize>inner * outBytes;
    for (let column: usize = 0; column < outBytes; column += 16) {
      let sum = f32x4.splat(0);
      for (let row = 0; row < count; row++) sum = f32x4.add(sum, v128.load(delta + <usize>row * outBytes + column));
      v128.store(bias + column, sum);
    }
    if (layer == 0) break;
    const before = layerAt(job, layer - 1);
    const next = scratch + word(before, 28);
    product(delta, outBytes, 4, word(job, TURNED) + (word(at, 8) << 2), next, m, inBytes, <i32>word(at, 4), 0);
    const kind = load<i32>(before, 12);
    if (kind) unbend(kind, a, next, <usize>m * inBytes);
    delta = next;
  }
}

/** Begins the next step of Adam (Kingma and Ba 2015, algorithm 1): its length, freed of the moments' bias. */
export function begin(job: usize): void {
  const power1 = load<f64>(job, POWER1) * BETA1;
  const power2 = load<f64>(job, POWER2) * BETA2;
  store<f64>(job, power1, POWER1);
  store<f64>(job, power2, POWER2);
  const root = sqrt(1 - power2);
  store<f32>(job, <f32>((load<f64>(job, RATE) * root) / (1 - power1)), STEP);
  store<f32>(job, <f32>(EPSILON * root), STEP_EPSILON);
}

/** The step of the numbers [from, to), multiples of four, by the sum of the gradients of so many parts. */
export function update(job: usize, parts: i32, from: i32, to: i32): void {
  const weights = word(job, WEIGHTS);
  const moments = word(job, MOMENTS);
  const squares = word(job, SQUARES);
  const bytes = word(job, NUMBERS) << 2;
  const step = v128.load32_splat(job, STEP);
  const epsilon = v128.load32_splat(job, STEP_EPSILON);
  const one = word(job, GRADIENTS);
  // Below these a number is as good as none, and arithmetic with it would become slow.
  const least = f32x4.splat(1e-30);
  for (let at = <usize>from << 2; at < <usize>to << 2; at += 16) {
    let g = v128.load(one + at);
    for (let part = 1; part < parts; part++) g = f32x4.add(g, v128.load(one + <usize>part * bytes + at));
    let m = f32x4.add(
      f32x4.mul(v128.load(moments + at), f32x4.splat(<f32>BETA1)),
      f32x4.mul(g, f32x4.splat(<f32>(1 - BETA1))),
    );
    m = v128.andnot(m, f32x4.lt(f32x4.abs(m), least));
    let v = f32x4.add(
      f32x4.mul(v128.load(squares + at), f32x4.splat(<f32>BETA2)),
      f32x4.mul(f32x4.mul(g, g), f32x4.splat(<f32>(1 - BETA2))),
    );
    v = v128.andnot(v, f32x4.lt(v, least));
    v128.store(moments + at, m);
    v128.store(squares + at, v);
    const change = f32x4.div(f32x4.mul(step, m), f32x4.add(f32x4.sqrt(v), epsilon));
    v128.store(weights + at, f32x4.sub(v128.load(weights + at), change));
  }
}

/** Writes a layer's weights also column by column, for gradients to pass back through. */
export function turn(job: usize, layer: i32): void {
  const at = layerAt(job, layer);
  const inner = <i32>word(at, 0);
  const outBytes = word(at, 4) << 2;
  const inBytes = <usize>inner << 2;
  const W = word(job, WEIGHTS) + (word(at, 8) << 2);
  const T = word(job, TURNED) + (word(at, 8) << 2);
  for (let i: usize = 0; i < inBytes; i += 16) {
    for (let j: usize = 0; j < outBytes; j += 16) {
      const from = W + (i >> 2) * outBytes + j;
      const a = v128.load(from);
      const b = v128.load(from + outBytes);
      const c = v128.load(from + 2 * outBytes);
      const d = v128.load(from + 3 * outBytes);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const AB = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
      const CD = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      const to = T + (j >> 2) * inBytes + i;
      v128.store(to, v128.shuffle<i32>(ab, cd, 0, 1, 4, 5));
      v128.store(to + inBytes, v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
      v128.store(to + 2 * inBytes, v128.shuffle<i32>(AB, CD, 0, 1, 4, 5));
      v128.store(to + 3 * inBytes, v128.shuffle<i32>(AB, CD, 2, 3, 6, 7));
    }
  }
}

/** Adds the squared errors of so many parts to the epoch's. */
export function count(job: usize, parts: i32): void {
  let loss = load<f64>(job, LOSS);
  for (let part = 0; part < parts; part++) loss += load<f64>(word(job, LOSSES) + (<usize>part << 3));
  store<f64>(job, loss, LOSS);
}

/** Steps by batches of rows at `order` from..to, one after the other on this thread. */
export function train(job: usize, from: i32, to: i32): void {
  const batch = load<i32>(job, BATCH_ROWS);
  const part = load<i32>(job, PART_ROWS);
  const layers = load<i32>(job, LAYERS);
  for (let at = from; at < to; at += batch) {
    const rows = min(batch, to - at);
    let parts = 0;
    for (let row = 0; row < rows; row += part) gradients(job, parts++, at + row, min(part, rows - row), rows);
    begin(job);
    update(job, parts, 0, load<i32>(job, NUMBERS));
    for (let layer = 0; layer < layers; layer++) turn(job, layer);
    count(job, parts);
  }
}

/**
 * Rows from..to (of `order`, where it is not 0) through the layers: of each its code, `width` numbers, at codes, and the sum of its squared
 * errors as f64 at errors; either may be 0.
 */
export function evaluate(job: usize, slot: i32, from: i32, to: i32, order: usize, codes: usize, errors: usize): void {
  const scratch = scratchOf(job, slot);
  const rowBytes = word(job, ROW_BYTES);
  const most = load<i32>(job, PART_ROWS);
  const layers = load<i32>(job, LAYERS);
  const code = layerAt(job, load<i32>(job, CODE_LAYER));
  const codeBytes = word(code, 4) << 2;
  const given = scratch + word(layerAt(job, layers - 1), 20);
  for (let at = from; at < to; at += most) {
    const rows = min(most, to - at);
    for (let row = 0; row < rows; row++) {
      const place = order ? load<u32>(order + (<usize>(at + row) << 2)) : at + row;
      memory.copy(scratch + <usize>row * rowBytes, word(job, X) + <usize>place * rowBytes, rowBytes);
    }
    forward(job, scratch, rows, errors ? layers : load<i32>(job, CODE_LAYER) + 1);
    if (codes) memory.copy(codes + <usize>at * codeBytes, scratch + word(code, 20), <usize>rows * codeBytes);
    if (!errors) continue;
    for (let row = 0; row < rows; row++) {
      let sum: f64 = 0;
      for (let place = <usize>row * rowBytes; place < (<usize>row + 1) * rowBytes; place += 4) {
        const difference = <f64>load<f32>(given + place) - <f64>load<f32>(scratch + place);
        sum += difference * difference;
      }
      store<f64>(errors + (<usize>(at + row) << 3), sum);
    }
  }
}
