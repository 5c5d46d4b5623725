// Rows stand in tiles of eight: value of column c and row 8 t + lane is at tiles + 64 (t columns + c) + 8 lane. Rows that fill
// the last tile up are copies of nothing: zeros.

// @ts-ignore: decorator
@inline
const TILE: usize = 64;

/** The nearest of k centres (k even) by |c|^2 - 2 x c, ties to the first: labels as i32, of the tiles [from, to). */
export function assign(tiles: usize, from: i32, to: i32, columns: i32, centres: usize, k: i32, labels: usize): void {
  const bytes = <usize>columns << 3;
  const norms = centres + <usize>k * bytes;
  for (let t = from; t < to; t++) {
    const tile = tiles + <usize>t * bytes * 8;
    let best0 = f64x2.splat(Infinity);
    let best1 = best0;
    let best2 = best0;
    let best3 = best0;
    let label0 = f64x2.splat(0);
    let label1 = label0;
    let label2 = label0;
    let label3 = label0;
    for (let c = 0; c < k; c += 2) {
      let p = centres + <usize>c * bytes;
      const end = p + bytes;
      let x = tile;
      let a0 = f64x2.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let b0 = a0;
      let b1 = a0;
      let b2 = a0;
      let b3 = a0;
      while (p < end) {
        const first = v128.load64_splat(p);
        const second = v128.load64_splat(p + bytes);
        const x0 = v128.load(x);
        a0 = f64x2.add(a0, f64x2.mul(first, x0));
        b0 = f64x2.add(b0, f64x2.mul(second, x0));
        const x1 = v128.load(x, 16);
        a1 = f64x2.add(a1, f64x2.mul(first, x1));
        b1 = f64x2.add(b1, f64x2.mul(second, x1));
        const x2 = v128.load(x, 32);
        a2 = f64x2.add(a2, f64x2.mul(first, x2));
        b2 = f64x2.add(b2, f64x2.mul(second, x2));
        const x3 = v128.load(x, 48);
        a3 = f64x2.add(a3, f64x2.mul(first, x3));
        b3 = f64x2.add(b3, f64x2.mul(second, x3));
        p += 8;
        x += TILE;
      }
      for (let other = 0; other < 2; other++) {
        const norm = v128.load64_splat(norms + (<usize>(c + other) << 3));
        const name = f64x2.splat(<f64>(c + other));
        const s0 = f64x2.sub(norm, f64x2.add(a0, a0));
        const s1 = f64x2.sub(norm, f64x2.add(a1, a1));
        const s2 = f64x2.sub(norm, f64x2.add(a2, a2));
        const s3 = f64x2.sub(norm, f64x2.add(a3, a3));
        const m0 = f64x2.lt(s0, best0);
        const m1 = f64x2.lt(s1, best1);
        const m2 = f64x2.lt(s2, best2);
        const m3 = f64x2.lt(s3, best3);
        best0 = v128.bitselect(s0, best0, m0);
        best1 = v128.bitselect(s1, best1, m1);
        best2 = v128.bitselect(s2, best2, m2);
        best3 = v128.bitselect(s3, best3, m3);
        label0 = v128.bitselect(name, label0, m0);
        label1 = v128.bitselect(name, label1, m1);
        label2 = v128.bitselect(name, label2, m2);
        label3 = v128.bitselect(name, label3, m3);
        a0 = b0;
        a1 = b1;
        a2 = b2;
        a3 = b3;
      }
    }
    const out = labels + (<usize>t << 5);
    const low = i32x4.trunc_sat_f64x2_s_zero(label0);
    v128.store(out, v128.shuffle<i32>(low, i32x4.trunc_sat_f64x2_s_zero(label1), 0, 1, 4, 5));
    const high = i32x4.trunc_sat_f64x2_s_zero(label2);
    v128.store(out, v128.shuffle<i32>(high, i32x4.trunc_sat_f64x2_s_zero(label3), 0, 1, 4, 5), 16);
  }
}

/** Moves rows whose label changed from the sum and count of the one to those of the other (old -1: from none). Returns how many. */
export function regroup(
  tiles: usize,
  rows: i32,
  columns: i32,
  labels: usize,
  old: usize,
  sums: usize,
  counts: usize,
): i32 {
  let changed = 0;
  const bytes = <usize>columns << 3;
  for (let row = 0; row < rows; row++) {
    const at = <usize>row << 2;
    const label = load<i32>(labels + at);
    const before = load<i32>(old + at);
    if (label == before) continue;
    changed++;
    store<i32>(old + at, label);
    const x = tiles + <usize>(row >> 3) * bytes * 8 + (<usize>(row & 7) << 3);
    let into = sums + <usize>label * bytes;
    for (let c = 0; c < columns; c++) {
      store<f64>(into, load<f64>(into) + load<f64>(x + <usize>c * TILE));
      into += 8;
    }
    store<f64>(counts + (<usize>label << 3), load<f64>(counts + (<usize>label << 3)) + 1);
    if (before < 0) continue;
    let from = sums + <usize>before * bytes;
    for (let c = 0; c < columns; c++) {
      store<f64>(from, load<f64>(from) - load<f64>(x + <usize>c * TILE));
      from += 8;
    }
    store<f64>(counts + (<usize>before << 3), load<f64>(counts + (<usize>before << 3)) - 1);
  }
  return changed;
}

/**
 * out[row] = min(closest[row], |x - point|^2) for the rows of the blocks [from, to) of 128 tiles, and their sum by block in sums.
 */
export function nearer(
  tiles: usize,
  from: i32,
  to: i32,
  columns: i32,
  point: usize,
  closest: usize,
  out: usize,
  sums: usize,
): void {
  const bytes = <usize>columns << 3;
  for (let block = from; block < to; block++) {
    let sum = f64x2.splat(0);
    for (let t = block << 7; t < (block + 1) << 7; t++) {
      let x = tiles + <usize>t * bytes * 8;
      let p = point;
      const end = p + bytes;
      let a0 = f64x2.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      while (p < end) {
        const value = v128.load64_splat(p);
        const d0 = f64x2.sub(v128.load(x), value);
        a0 = f64x2.add(a0, f64x2.mul(d0, d0));
        const d1 = f64x2.sub(v128.load(x, 16), value);
        a1 = f64x2.add(a1, f64x2.mul(d1, d1));
        const d2 = f64x2.sub(v128.load(x, 32), value);
        a2 = f64x2.add(a2, f64x2.mul(d2, d2));
        const d3 = f64x2.sub(v128.load(x, 48), value);
        a3 = f64x2.add(a3, f64x2.mul(d3, d3));
        p += 8;
        x += TILE;
      }
      const at = <usize>t << 6;
      a0 = f64x2.min(a0, v128.load(closest + at));
      a1 = f64x2.min(a1, v128.load(closest + at, 16));
      a2 = f64x2.min(a2, v128.load(closest + at, 32));
      a3 = f64x2.min(a3, v128.load(closest + at, 48));
      v128.store(out + at, a0);
      v128.store(out + at, a1, 16);
      v128.store(out + at, a2, 32);
      v128.store(out + at, a3, 48);
      sum = f64x2.add(sum, f64x2.add(f64x2.add(a0, a1), f64x2.add(a2, a3)));
    }
    store<f64>(sums + (<usize>block << 3), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  }
}

/** out[row] = |x - centre of its label|^2, of the tiles [from, to). */
export function spread(
  tiles: usize,
  from: i32,
  to: i32,
  columns: i32,
  centres: usize,
  labels: usize,
  out: usize,
): void {
  const bytes = <usize>columns << 3;
  for (let row = from << 3; row < to << 3; row++) {
    const x = tiles + <usize>(row >> 3) * bytes * 8 + (<usize>(row & 7) << 3);
    const centre = centres + <usize>load<i32>(labels + (<usize>row << 2)) * bytes;
    let sum: f64 = 0;
    for (let c = 0; c < columns; c++) {
      const difference = load<f64>(x + <usize>c * TILE) - load<f64>(centre + (<usize>c << 3));
      sum += difference * difference;
    }
    store<f64>(out + (<usize>row << 3), sum);
  }
}
