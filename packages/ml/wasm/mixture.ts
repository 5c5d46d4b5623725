/**
 * A round of expectation and maximisation of a mixture of normal distributions, over rows in strips that stay in the cache. Each
 * call has a block of rows and sums of its own, so that sums over blocks in their order are the same for any number of threads.
 */
import { exponential } from './exponential';

const STRIP: i32 = 128;
const FULL: i32 = 0;
const TIED: i32 = 1;

/**
 * The task, at `task`: i32 at 0 components, 4 width (columns, a multiple of four), 8 covariance type (0 full, 1 tied, 2 diagonal
 * or spherical); u32 at 12 rows x, 16 means (components x width), 20 precisions (full and tied: triangular Cholesky factors of
 * the inverse covariance in panels of four columns, width x 4 each; else width numbers, for each component), 24 log weights plus
 * constants (a number each), 28 bytes of scratch of a block, 32 bytes of sums of a block, 36 responsibilities of every row
 * (components numbers each; 0: not kept), 40 scratch, 44 sums.
 *
 * Sums: log-likelihood; for each component responsibility, then `width` weighted differences from the mean, then their weighted
 * squares (full: width x width, upper tiles; diagonal: width; tied: nothing).
 */
export function round(task: usize, from: i32, to: i32, block: i32): void {
  const components = load<i32>(task);
  const width = load<i32>(task, 4);
  const type = load<i32>(task, 8);
  const stride = (<usize>width) << 3;
  const x = <usize>load<u32>(task, 12);
  const means = <usize>load<u32>(task, 16);
  const precisions = <usize>load<u32>(task, 20);
  const constants = <usize>load<u32>(task, 24);
  const kept = <usize>load<u32>(task, 36);
  const scratch = <usize>load<u32>(task, 40) + (<usize>block) * load<u32>(task, 28);
  const sums = <usize>load<u32>(task, 44) + (<usize>block) * load<u32>(task, 32);
  const strip: usize = <usize>STRIP << 3;
  const differences = scratch;
  const weighted = differences + (<usize>STRIP) * stride;
  const logs = weighted + (<usize>STRIP) * stride;
  const greatest = logs + (<usize>components) * strip;
  const totals = greatest + strip;
  const squares: usize = type == FULL ? stride * <usize>width : type == TIED ? 0 : stride;
  const own = 8 + stride + squares;
  const factor = type == FULL ? stride * <usize>width : type == TIED ? 0 : stride;
  let likelihood = load<f64>(sums);
  for (let start = from; start < to; start += STRIP) {
    const rows = min(STRIP, to - start);
    const at = x + (<usize>start) * stride;
    for (let k = 0; k < components; k++) {
      difference(at, rows, stride, means + (<usize>k) * stride, differences);
      const p = precisions + (<usize>k) * factor;
      const l = logs + (<usize>k) * strip;
      const constant = load<f64>(constants + ((<usize>k) << 3));
      if (type <= TIED) triangular(differences, rows, stride, p, constant, l);
      else diagonal(differences, rows, stride, p, constant, l);
    }
    likelihood = responsibilities(logs, components, rows, greatest, totals, likelihood);
    if (kept) {
      for (let row = 0; row < rows; row++) {
        const to = kept + (<usize>(start + row) * <usize>components << 3);
        for (let k = 0; k < components; k++)
          store<f64>(to + ((<usize>k) << 3), load<f64>(logs + (<usize>k) * strip + ((<usize>row) << 3)));
      }
    }
    for (let k = 0; k < components; k++) {
      const out = sums + 8 + (<usize>k) * own;
      difference(at, rows, stride, means + (<usize>k) * stride, differences);
      weigh(differences, rows, stride, logs + (<usize>k) * strip, weighted, out, type > TIED);
      if (type == FULL) outer(weighted, differences, rows, stride, out + 8 + stride);
    }
  }
  store<f64>(sums, likelihood);
}

// @ts-ignore: decorator
@inline
function difference(x: usize, rows: i32, stride: usize, mean: usize, out: usize): void {
  for (let row = 0; row < rows; row++) {
    for (let c: usize = 0; c < stride; c += 16) {
      v128.store(out + c, f64x2.sub(v128.load(x + c), v128.load(mean + c)));
    }
    x += stride;
    out += stride;
  }
  // The last tile of four is made whole.
  for (let row = rows; row & 3; row++) {
    for (let c: usize = 0; c < stride; c += 16) v128.store(out + c, f64x2.splat(0));
    out += stride;
  }
}

// @ts-ignore: decorator
@inline
function total(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** constant - |difference * factor|^2 / 2 of each row; the factor is upper triangular. */
function triangular(d: usize, rows: i32, stride: usize, factor: usize, constant: f64, out: usize): void {
  for (let row = 0; row < rows; row += 4) {
    let w = f64x2.splat(0);
    let x = f64x2.splat(0);
    let y = f64x2.splat(0);
    let z = f64x2.splat(0);
    let panel = factor;
    for (let j: usize = 32; j <= stride; j += 32) {
      let a0 = f64x2.splat(0);
      let a1 = f64x2.splat(0);
      let b0 = f64x2.splat(0);
      let b1 = f64x2.splat(0);
      let c0 = f64x2.splat(0);
      let c1 = f64x2.splat(0);
      let e0 = f64x2.splat(0);
      let e1 = f64x2.splat(0);
      let p = panel;
      for (let i: usize = d; i < d + j; i += 8) {
        const low = v128.load(p);
        const high = v128.load(p, 16);
        const a = v128.load64_splat(i);
        a0 = f64x2.add(a0, f64x2.mul(a, low));
        a1 = f64x2.add(a1, f64x2.mul(a, high));
        const b = v128.load64_splat(i + stride);
        b0 = f64x2.add(b0, f64x2.mul(b, low));
        b1 = f64x2.add(b1, f64x2.mul(b, high));
        const c = v128.load64_splat(i + 2 * stride);
        c0 = f64x2.add(c0, f64x2.mul(c, low));
        c1 = f64x2.add(c1, f64x2.mul(c, high));
        const e = v128.load64_splat(i + 3 * stride);
        e0 = f64x2.add(e0, f64x2.mul(e, low));
        e1 = f64x2.add(e1, f64x2.mul(e, high));
        p += 32;
      }
      w = f64x2.add(w, f64x2.add(f64x2.mul(a0, a0), f64x2.mul(a1, a1)));
      x = f64x2.add(x, f64x2.add(f64x2.mul(b0, b0), f64x2.mul(b1, b1)));
      y = f64x2.add(y, f64x2.add(f64x2.mul(c0, c0), f64x2.mul(c1, c1)));
      z = f64x2.add(z, f64x2.add(f64x2.mul(e0, e0), f64x2.mul(e1, e1)));
      panel += stride << 2;
    }
    store<f64>(out, constant - 0.5 * total(w));
    store<f64>(out, constant - 0.5 * total(x), 8);
    store<f64>(out, constant - 0.5 * total(y), 16);
    store<f64>(out, constant - 0.5 * total(z), 24);
    out += 32;
    d += stride << 2;
  }
}

function diagonal(d: usize, rows: i32, stride: usize, factor: usize, constant: f64, out: usize): void {
  for (let row = 0; row < rows; row++) {
    let sum = f64x2.splat(0);
    for (let c: usize = 0; c < stride; c += 16) {
      const y = f64x2.mul(v128.load(d + c), v128.load(factor + c));
      sum = f64x2.add(sum, f64x2.mul(y, y));
    }
    store<f64>(out, constant - 0.5 * total(sum));
    out += 8;
    d += stride;
  }
}

/** Logs of joint densities become shares that add up to 1; the sum of the logs of their totals is added to the likelihood. */
function responsibilities(logs: usize, components: i32, rows: i32, greatest: usize, totals: usize, likelihood: f64): f64 {
  const bytes = (<usize>rows) << 3;
  const strip: usize = <usize>STRIP << 3;
  for (let at: usize = 0; at < bytes; at += 16) {
    let most = v128.load(logs + at);
    for (let k = 1; k < components; k++) most = f64x2.max(most, v128.load(logs + (<usize>k) * strip + at));
    let sum = f64x2.splat(0);
    for (let k = 0; k < components; k++) {
      const place = logs + (<usize>k) * strip + at;
      const share = exponential(f64x2.sub(v128.load(place), most));
      v128.store(place, share);
      sum = f64x2.add(sum, share);
    }
    v128.store(greatest + at, most);
    v128.store(totals + at, sum);
    for (let k = 0; k < components; k++) {
      const place = logs + (<usize>k) * strip + at;
      v128.store(place, f64x2.div(v128.load(place), sum));
    }
  }
  for (let at: usize = 0; at < bytes; at += 8)
    likelihood += load<f64>(greatest + at) + Math.log(load<f64>(totals + at));
  return likelihood;
}

/** Rows times their shares; adds shares, weighted differences and, if asked, weighted squares to the sums. */
function weigh(d: usize, rows: i32, stride: usize, shares: usize, out: usize, sums: usize, squares: bool): void {
  let sum = load<f64>(sums);
  for (let row = 0; row < rows; row++) {
    const share = load<f64>(shares);
    const both = f64x2.splat(share);
    sum += share;
    for (let c: usize = 0; c < stride; c += 16) {
      const x = v128.load(d + c);
      const w = f64x2.mul(both, x);
      v128.store(out + c, w);
      const first = sums + 8 + c;
      v128.store(first, f64x2.add(v128.load(first), w));
      if (squares) v128.store(first + stride, f64x2.add(v128.load(first + stride), f64x2.mul(w, x)));
    }
    shares += 8;
    d += stride;
    out += stride;
  }
  store<f64>(sums, sum);
}

/** Upper tiles of the sum of w[r][i] * d[r][j] over rows, added to out. */
function outer(w: usize, d: usize, rows: i32, stride: usize, out: usize): void {
  const bytes = (<usize>rows) * stride;
  for (let i: usize = 0; i < stride; i += 32) {
    for (let j: usize = i; j < stride; j += 32) {
      let a0 = f64x2.splat(0);
      let a1 = f64x2.splat(0);
      let b0 = f64x2.splat(0);
      let b1 = f64x2.splat(0);
      let c0 = f64x2.splat(0);
      let c1 = f64x2.splat(0);
      let e0 = f64x2.splat(0);
      let e1 = f64x2.splat(0);
      for (let row: usize = 0; row < bytes; row += stride) {
        const low = v128.load(d + row + j);
        const high = v128.load(d + row + j, 16);
        const a = v128.load64_splat(w + row + i);
        a0 = f64x2.add(a0, f64x2.mul(a, low));
        a1 = f64x2.add(a1, f64x2.mul(a, high));
        const b = v128.load64_splat(w + row + i, 8);
        b0 = f64x2.add(b0, f64x2.mul(b, low));
        b1 = f64x2.add(b1, f64x2.mul(b, high));
        const c = v128.load64_splat(w + row + i, 16);
        c0 = f64x2.add(c0, f64x2.mul(c, low));
        c1 = f64x2.add(c1, f64x2.mul(c, high));
        const e = v128.load64_splat(w + row + i, 24);
        e0 = f64x2.add(e0, f64x2.mul(e, low));
        e1 = f64x2.add(e1, f64x2.mul(e, high));
      }
      let to = out + (i >> 3) * stride + j;
      v128.store(to, f64x2.add(v128.load(to), a0));
      v128.store(to, f64x2.add(v128.load(to, 16), a1), 16);
      to += stride;
      v128.store(to, f64x2.add(v128.load(to), b0));
      v128.store(to, f64x2.add(v128.load(to, 16), b1), 16);
      to += stride;
      v128.store(to, f64x2.add(v128.load(to), c0));
      v128.store(to, f64x2.add(v128.load(to, 16), c1), 16);
      to += stride;
      v128.store(to, f64x2.add(v128.load(to), e0));
      v128.store(to, f64x2.add(v128.load(to, 16), e1), 16);
    }
  }
}
