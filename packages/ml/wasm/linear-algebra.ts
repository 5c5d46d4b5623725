/**
 * Products of matrices of f64, row by row, in tiles of four by four. Widths are multiples of four (the rest zeros), and every
 * number is one sum over ascending places, so that the result is the same however the work is divided.
 */
import { exponential } from './exponential';

/** Rows that stay in the first cache while all tiles pass over them. */
const STRIP: i32 = 128;

/** Takes `width` means off each row. */
export function center(x: usize, width: i32, rows: i32, means: usize): void {
  const stride = (<usize>width) << 3;
  const end = x + (<usize>rows) * stride;
  for (let row = x; row < end; row += stride) {
    for (let c: usize = 0; c < stride; c += 32) {
      v128.store(row + c, f64x2.sub(v128.load(row + c), v128.load(means + c)));
      v128.store(row + c, f64x2.sub(v128.load(row + c, 16), v128.load(means + c, 16)), 16);
    }
  }
}

/** `center` and `sums` of what it leaves, added to `out`. */
function centerAndSum(x: usize, width: i32, rows: i32, means: usize, out: usize): void {
  const stride = (<usize>width) << 3;
  const end = x + (<usize>rows) * stride;
  for (let c: usize = 0; c < stride; c += 32) {
    const mean = v128.load(means + c);
    const meanHigh = v128.load(means + c, 16);
    let low = v128.load(out + c);
    let high = v128.load(out + c, 16);
    for (let row = x + c; row < end; row += stride) {
      const less = f64x2.sub(v128.load(row), mean);
      const lessHigh = f64x2.sub(v128.load(row, 16), meanHigh);
      v128.store(row, less);
      v128.store(row, lessHigh, 16);
      low = f64x2.add(low, less);
      high = f64x2.add(high, lessHigh);
    }
    v128.store(out + c, low);
    v128.store(out + c, high, 16);
  }
}

/** `center`, then `gram`; sums of the centred columns are added to `sums`. A strip at a time, which stays in the cache. */
export function centeredGram(x: usize, width: i32, rows: i32, means: usize, out: usize, sums: usize): void {
  const stride = (<usize>width) << 3;
  for (let from = 0; from < rows; from += STRIP) {
    const count = min(STRIP, rows - from);
    const start = x + (<usize>from) * stride;
    centerAndSum(start, width, count, means, sums);
    gram(start, width, count, out);
  }
}

/** `center` of rows [from, to) of a product's A, then `product` of them; `to` past the last row reaches into padding. */
export function centeredProduct(task: usize, from: i32, to: i32, means: usize): void {
  const inner = load<u32>(task, 4);
  center(<usize>load<u32>(task, 16) + (<usize>from) * inner, inner >> 3, to - from, means);
  product(task, from, to);
}

/**
 * Upper tiles of the product of rows with themselves, over `rows` rows of x: out[i][j] = sum of x[r][i] * x[r][j].
 * `out` is width x width and is added to strip by strip.
 */
export function gram(x: usize, width: i32, rows: i32, out: usize): void {
  const stride = (<usize>width) << 3;
  for (let from = 0; from < rows; from += STRIP) {
    const start = x + (<usize>from) * stride;
    const end = start + (<usize>min(STRIP, rows - from)) * stride;
    for (let i: usize = 0; i < stride; i += 32) {
      for (let j: usize = i; j < stride; j += 32) {
        let a0 = f64x2.splat(0);
        let a1 = f64x2.splat(0);
        let b0 = f64x2.splat(0);
        let b1 = f64x2.splat(0);
        let c0 = f64x2.splat(0);
        let c1 = f64x2.splat(0);
        let d0 = f64x2.splat(0);
        let d1 = f64x2.splat(0);
        for (let row = start; row < end; row += stride) {
          const low = v128.load(row + j);
          const high = v128.load(row + j, 16);
          const a = v128.load64_splat(row + i);
          a0 = f64x2.add(a0, f64x2.mul(a, low));
          a1 = f64x2.add(a1, f64x2.mul(a, high));
          const b = v128.load64_splat(row + i, 8);
          b0 = f64x2.add(b0, f64x2.mul(b, low));
          b1 = f64x2.add(b1, f64x2.mul(b, high));
          const c = v128.load64_splat(row + i, 16);
          c0 = f64x2.add(c0, f64x2.mul(c, low));
          c1 = f64x2.add(c1, f64x2.mul(c, high));
          const d = v128.load64_splat(row + i, 24);
          d0 = f64x2.add(d0, f64x2.mul(d, low));
          d1 = f64x2.add(d1, f64x2.mul(d, high));
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
        v128.store(to, f64x2.add(v128.load(to), d0));
        v128.store(to, f64x2.add(v128.load(to, 16), d1), 16);
      }
    }
  }
}

/**
 * What a product is of, at `task` in memory: i32 at 0 rows of A that are in use, at 4 inner width (bytes of a row of A), at 8
 * panels of B, at 12 bytes of a row of C; u32 at 16 A, 20 B, 24 C, 28 squared lengths of A's rows, 32 those of B's columns; f64
 * at 40 gamma (0: the plain product). B lies in panels of four columns, inner x 4 each. Rows [from, to), multiples of four.
 */
export function product(task: usize, from: i32, to: i32): void {
  const inner = <usize>load<u32>(task, 4);
  const panels = load<i32>(task, 8);
  const outStride = <usize>load<u32>(task, 12);
  const A = <usize>load<u32>(task, 16);
  const B = <usize>load<u32>(task, 20);
  const C = <usize>load<u32>(task, 24);
  const lengthsA = <usize>load<u32>(task, 28);
  const lengthsB = <usize>load<u32>(task, 32);
  const gamma = load<f64>(task, 40);
  for (let row = from; row < to; row += 4) {
    const first = A + (<usize>row) * inner;
    let b = B;
    let c = C + (<usize>row) * outStride;
    for (let panel = 0; panel < panels; panel++) {
      let p0 = f64x2.splat(0);
      let p1 = f64x2.splat(0);
      let q0 = f64x2.splat(0);
      let q1 = f64x2.splat(0);
      let r0 = f64x2.splat(0);
      let r1 = f64x2.splat(0);
      let s0 = f64x2.splat(0);
      let s1 = f64x2.splat(0);
      const end = first + inner;
      for (let a = first; a < end; a += 8) {
        const low = v128.load(b);
        const high = v128.load(b, 16);
        const x = v128.load64_splat(a);
        p0 = f64x2.add(p0, f64x2.mul(x, low));
        p1 = f64x2.add(p1, f64x2.mul(x, high));
        const y = v128.load64_splat(a + inner);
        q0 = f64x2.add(q0, f64x2.mul(y, low));
        q1 = f64x2.add(q1, f64x2.mul(y, high));
        const z = v128.load64_splat(a + 2 * inner);
        r0 = f64x2.add(r0, f64x2.mul(z, low));
        r1 = f64x2.add(r1, f64x2.mul(z, high));
        const w = v128.load64_splat(a + 3 * inner);
        s0 = f64x2.add(s0, f64x2.mul(w, low));
        s1 = f64x2.add(s1, f64x2.mul(w, high));
        b += 32;
      }
      if (gamma != 0) {
        const n0 = v128.load(lengthsB + ((<usize>panel) << 5));
        const n1 = v128.load(lengthsB + ((<usize>panel) << 5), 16);
        let l = lengthsA + ((<usize>row) << 3);
        p0 = affinity(p0, v128.load64_splat(l), n0, gamma);
        p1 = affinity(p1, v128.load64_splat(l), n1, gamma);
        q0 = affinity(q0, v128.load64_splat(l, 8), n0, gamma);
        q1 = affinity(q1, v128.load64_splat(l, 8), n1, gamma);
        r0 = affinity(r0, v128.load64_splat(l, 16), n0, gamma);
        r1 = affinity(r1, v128.load64_splat(l, 16), n1, gamma);
        s0 = affinity(s0, v128.load64_splat(l, 24), n0, gamma);
        s1 = affinity(s1, v128.load64_splat(l, 24), n1, gamma);
      }
      v128.store(c, p0);
      v128.store(c, p1, 16);
      v128.store(c + outStride, q0);
      v128.store(c + outStride, q1, 16);
      v128.store(c + 2 * outStride, r0);
      v128.store(c + 2 * outStride, r1, 16);
      v128.store(c + 3 * outStride, s0);
      v128.store(c + 3 * outStride, s1, 16);
      c += 32;
    }
  }
}

/** e^(-gamma * squared distance) of a scalar product and both squared lengths. */
// @ts-ignore: decorator
@inline
function affinity(product: v128, a: v128, b: v128, gamma: f64): v128 {
  const square = f64x2.sub(f64x2.add(a, b), f64x2.add(product, product));
  return exponential(f64x2.mul(f64x2.splat(-gamma), f64x2.max(square, f64x2.splat(0))));
}
