// The kernels of src/recommendation/hazard-kernel.ts in AssemblyScript, each with the arithmetic of its twin in
// scripted-hazard-kernel.ts, in the same order per number. Lanes hold different numbers, never parts of one sum.

export function hazards(
  users: usize,
  width: i32,
  offsets: usize,
  items: usize,
  itemBytes: usize,
  first: usize,
  userCount: i32,
  itemCount: i32,
  largest: f32,
  out: usize,
  outBytes: usize,
): void {
  const userBytes = (<usize>width) << 2;
  const columns = (<usize>((itemCount + 7) & ~7)) << 2;
  let to = out;
  for (let user = 0; user < userCount; user += 4) {
    const o0 = <usize>load<u32>(offsets) + first;
    const o1 = <usize>load<u32>(offsets, 4) + first;
    const o2 = <usize>load<u32>(offsets, 8) + first;
    const o3 = <usize>load<u32>(offsets, 12) + first;
    offsets += 16;
    const u1 = users + userBytes;
    const u2 = u1 + userBytes;
    const u3 = u2 + userBytes;
    for (let at: usize = 0; at < columns; at += 32) {
      let y = items + first + at;
      const c = v128.load(y);
      const d = v128.load(y, 16);
      const a0 = v128.load32_splat(users);
      const a1 = v128.load32_splat(u1);
      const a2 = v128.load32_splat(u2);
      const a3 = v128.load32_splat(u3);
      let s0 = f32x4.add(f32x4.add(c, v128.load(o0 + at)), a0);
      let t0 = f32x4.add(f32x4.add(d, v128.load(o0 + at, 16)), a0);
      let s1 = f32x4.add(f32x4.add(c, v128.load(o1 + at)), a1);
      let t1 = f32x4.add(f32x4.add(d, v128.load(o1 + at, 16)), a1);
      let s2 = f32x4.add(f32x4.add(c, v128.load(o2 + at)), a2);
      let t2 = f32x4.add(f32x4.add(d, v128.load(o2 + at, 16)), a2);
      let s3 = f32x4.add(f32x4.add(c, v128.load(o3 + at)), a3);
      let t3 = f32x4.add(f32x4.add(d, v128.load(o3 + at, 16)), a3);
      for (let k: usize = 4; k < userBytes; k += 4) {
        y += itemBytes;
        const low = v128.load(y);
        const high = v128.load(y, 16);
        const x0 = v128.load32_splat(users + k);
        s0 = f32x4.add(s0, f32x4.mul(x0, low));
        t0 = f32x4.add(t0, f32x4.mul(x0, high));
        const x1 = v128.load32_splat(u1 + k);
        s1 = f32x4.add(s1, f32x4.mul(x1, low));
        t1 = f32x4.add(t1, f32x4.mul(x1, high));
        const x2 = v128.load32_splat(u2 + k);
        s2 = f32x4.add(s2, f32x4.mul(x2, low));
        t2 = f32x4.add(t2, f32x4.mul(x2, high));
        const x3 = v128.load32_splat(u3 + k);
        s3 = f32x4.add(s3, f32x4.mul(x3, low));
        t3 = f32x4.add(t3, f32x4.mul(x3, high));
      }
      let o = to + at;
      v128.store(o, s0);
      v128.store(o, t0, 16);
      o += outBytes;
      v128.store(o, s1);
      v128.store(o, t1, 16);
      o += outBytes;
      v128.store(o, s2);
      v128.store(o, t2, 16);
      o += outBytes;
      v128.store(o, s3);
      v128.store(o, t3, 16);
    }
    users += userBytes << 2;
    to += outBytes << 2;
  }
  exponentials(out, outBytes, (userCount + 3) & ~3, columns, largest);
}

// Read from memory, so that they stay in registers: constants in the code would be made anew in every round of the loop.
const NUMBERS = memory.data<f32>([
  -80,
  1.4426950408889634,
  12582912,
  0.693359375,
  -0.00021219444005469057,
  0.001388888888888889,
  0.008333333333333333,
  0.041666666666666664,
  0.16666666666666666,
  0.5,
  1,
]);

function exponentials(out: usize, outBytes: usize, rows: i32, columns: usize, largest: f32): void {
  const top = f32x4.splat(largest);
  const bottom = v128.load32_splat(NUMBERS);
  const perOctave = v128.load32_splat(NUMBERS, 4);
  const rounder = v128.load32_splat(NUMBERS, 8);
  const octaveHigh = v128.load32_splat(NUMBERS, 12);
  const octaveLow = v128.load32_splat(NUMBERS, 16);
  const c6 = v128.load32_splat(NUMBERS, 20);
  const c5 = v128.load32_splat(NUMBERS, 24);
  const c4 = v128.load32_splat(NUMBERS, 28);
  const c3 = v128.load32_splat(NUMBERS, 32);
  const c2 = v128.load32_splat(NUMBERS, 36);
  const one = v128.load32_splat(NUMBERS, 40);
  for (let row = 0; row < rows; row++) {
    for (let at = out; at < out + columns; at += 16) {
      // One instruction each, unlike min and max, which also mind the sign of zero.
      const x = f32x4.pmax(f32x4.pmin(v128.load(at), top), bottom);
      const shifted = f32x4.add(f32x4.mul(x, perOctave), rounder);
      const octaves = f32x4.sub(shifted, rounder);
      const r = f32x4.sub(f32x4.sub(x, f32x4.mul(octaves, octaveHigh)), f32x4.mul(octaves, octaveLow));
      let p = f32x4.add(f32x4.mul(c6, r), c5);
      p = f32x4.add(f32x4.mul(p, r), c4);
      p = f32x4.add(f32x4.mul(p, r), c3);
      p = f32x4.add(f32x4.mul(p, r), c2);
      p = f32x4.add(f32x4.mul(p, r), one);
      p = f32x4.add(f32x4.mul(p, r), one);
      v128.store(at, i32x4.add(p, i32x4.shl(shifted, 23)));
    }
    out += outBytes;
  }
}

export function products(
  vectors: usize,
  vectorBytes: usize,
  factorBytes: usize,
  count: i32,
  width: i32,
  out: usize,
  panelBytes: usize,
): void {
  const end = (<usize>count) << 5;
  let column: usize = 0;
  for (let k = 0; k < width; k++) {
    for (let l = 0; l <= k; l++) {
      const to = out + (column >> 3) * panelBytes + ((column & 7) << 2);
      column++;
      let a = vectors + (<usize>k) * factorBytes;
      let b = vectors + (<usize>l) * factorBytes;
      if (k == 0) {
        for (let at: usize = 0; at < end; at += 32) store<f32>(to + at, 1);
      } else if (l == 0) {
        for (let at: usize = 0; at < end; at += 32) {
          store<f32>(to + at, load<f32>(a));
          a += vectorBytes;
        }
      } else {
        for (let at: usize = 0; at < end; at += 32) {
          store<f32>(to + at, load<f32>(a) * load<f32>(b));
          a += vectorBytes;
          b += vectorBytes;
        }
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function flush(sums: usize, low: v128, high: v128): void {
  const zero = f32x4.splat(0);
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(low)));
  const second = v128.shuffle<f32>(low, zero, 2, 3, 4, 5);
  v128.store(sums, f64x2.add(v128.load(sums, 16), f64x2.promote_low_f32x4(second)), 16);
  v128.store(sums, f64x2.add(v128.load(sums, 32), f64x2.promote_low_f32x4(high)), 32);
  const fourth = v128.shuffle<f32>(high, zero, 2, 3, 4, 5);
  v128.store(sums, f64x2.add(v128.load(sums, 48), f64x2.promote_low_f32x4(fourth)), 48);
}

export function accumulate(
  hazards: usize,
  rowBytes: usize,
  columnBytes: usize,
  rows: i32,
  count: i32,
  products: usize,
  panelBytes: usize,
  panels: i32,
  sums: usize,
): void {
  const sumBytes = (<usize>panels) << 6;
  const end = (<usize>count) << 5;
  for (let panel = 0; panel < panels; panel++) {
    let e = hazards;
    let to = sums;
    for (let row = 0; row < rows; row += 4) {
      let s0 = f32x4.splat(0);
      let t0 = f32x4.splat(0);
      let s1 = f32x4.splat(0);
      let t1 = f32x4.splat(0);
      let s2 = f32x4.splat(0);
      let t2 = f32x4.splat(0);
      let s3 = f32x4.splat(0);
      let t3 = f32x4.splat(0);
      let e0 = e;
      let e1 = e0 + rowBytes;
      let e2 = e1 + rowBytes;
      let e3 = e2 + rowBytes;
      for (let at = products; at < products + end; at += 32) {
        const low = v128.load(at);
        const high = v128.load(at, 16);
        const x0 = v128.load32_splat(e0);
        s0 = f32x4.add(s0, f32x4.mul(x0, low));
        t0 = f32x4.add(t0, f32x4.mul(x0, high));
        const x1 = v128.load32_splat(e1);
        s1 = f32x4.add(s1, f32x4.mul(x1, low));
        t1 = f32x4.add(t1, f32x4.mul(x1, high));
        const x2 = v128.load32_splat(e2);
        s2 = f32x4.add(s2, f32x4.mul(x2, low));
        t2 = f32x4.add(t2, f32x4.mul(x2, high));
        const x3 = v128.load32_splat(e3);
        s3 = f32x4.add(s3, f32x4.mul(x3, low));
        t3 = f32x4.add(t3, f32x4.mul(x3, high));
        e0 += columnBytes;
        e1 += columnBytes;
        e2 += columnBytes;
        e3 += columnBytes;
      }
      flush(to, s0, t0);
      flush(to + sumBytes, s1, t1);
      flush(to + 2 * sumBytes, s2, t2);
      flush(to + 3 * sumBytes, s3, t3);
      e += rowBytes << 2;
      to += sumBytes << 2;
    }
    products += panelBytes;
    sums += 64;
  }
}
