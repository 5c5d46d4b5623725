// Clusters that are left stand in tiles of eight centroids, as rows do elsewhere, each with its size; lanes without one hold
// infinity.

/**
 * The nearest of the centroids of the tiles [from, to) to a point by the growth of the sum of squares when a cluster of that size there is merged
 * with theirs: |a - b|^2 s t / (s + t). Leaves it and its position, of equal ones the first, at out (f64, f64). The cluster at
 * `self` is passed over.
 */
export function nearest(
  tiles: usize,
  from: i32,
  to: i32,
  columns: i32,
  sizes: usize,
  point: usize,
  self: i32,
  out: usize,
): void {
  const bytes = <usize>columns << 3;
  // The point's size comes after its values.
  const size = v128.load64_splat(point + bytes);
  let best: f64 = Infinity;
  let position: i32 = -1;
  for (let t = from; t < to; t++) {
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
      x += 64;
    }
    for (let part = 0; part < 4; part++) {
      const at = (t << 3) + (part << 1);
      const own = v128.load(sizes + (<usize>at << 3));
      const growth = f64x2.mul(a0, f64x2.div(f64x2.mul(size, own), f64x2.add(size, own)));
      if (v128.any_true(f64x2.lt(growth, f64x2.splat(best)))) {
        const first = f64x2.extract_lane(growth, 0);
        if (first < best && at != self) {
          best = first;
          position = at;
        }
        const second = f64x2.extract_lane(growth, 1);
        if (second < best && at + 1 != self) {
          best = second;
          position = at + 1;
        }
      }
      a0 = a1;
      a1 = a2;
      a2 = a3;
    }
  }
  store<f64>(out, best);
  store<f64>(out, <f64>position, 8);
}

/** Distances of row `row` to all rows of the tiles, into the condensed table at row (row + 1 ..) of `rows`: see `condensed`. */
export function fillRow(tiles: usize, rows: i32, columns: i32, from: i32, to: i32, table: usize): void {
  const bytes = <usize>columns << 3;
  for (let row = from; row < to; row++) {
    const x = tiles + <usize>(row >> 3) * bytes * 8 + (<usize>(row & 7) << 3);
    let out = table + (condensed(row, row + 1, rows) << 3);
    for (let other = row + 1; other < rows; other++) {
      let y = tiles + <usize>(other >> 3) * bytes * 8 + (<usize>(other & 7) << 3);
      let z = x;
      if ((other & 7) != 0 || other + 8 > rows) {
        let sum: f64 = 0;
        for (let c = 0; c < columns; c++) {
          const difference = load<f64>(z) - load<f64>(y);
          sum += difference * difference;
          z += 64;
          y += 64;
        }
        store<f64>(out, Math.sqrt(sum));
        out += 8;
        continue;
      }
      let a0 = f64x2.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      for (let c = 0; c < columns; c++) {
        const value = v128.load64_splat(z);
        const d0 = f64x2.sub(v128.load(y), value);
        a0 = f64x2.add(a0, f64x2.mul(d0, d0));
        const d1 = f64x2.sub(v128.load(y, 16), value);
        a1 = f64x2.add(a1, f64x2.mul(d1, d1));
        const d2 = f64x2.sub(v128.load(y, 32), value);
        a2 = f64x2.add(a2, f64x2.mul(d2, d2));
        const d3 = f64x2.sub(v128.load(y, 48), value);
        a3 = f64x2.add(a3, f64x2.mul(d3, d3));
        z += 64;
        y += 64;
      }
      v128.store(out, f64x2.sqrt(a0));
      v128.store(out, f64x2.sqrt(a1), 16);
      v128.store(out, f64x2.sqrt(a2), 32);
      v128.store(out, f64x2.sqrt(a3), 48);
      out += 64;
      other += 7;
    }
  }
}

/** Place of the pair a < b among all pairs of n, those of the first row first. */
// @ts-ignore: decorator
@inline
function condensed(a: i32, b: i32, n: i32): usize {
  return <usize>a * (<usize>n * 2 - <usize>a - 3) / 2 + <usize>b - 1;
}

/** The cluster (of size above 0) nearest to `tip` by the table; of equal ones `preferred` (-1: none), else the first. */
export function nearestByTable(table: usize, n: i32, sizes: usize, tip: i32, preferred: i32): i32 {
  let best: f64 = Infinity;
  let found = -1;
  if (preferred >= 0) {
    best = load<f64>(table + ((preferred < tip ? condensed(preferred, tip, n) : condensed(tip, preferred, n)) << 3));
    found = preferred;
  }
  let at = table + (<usize>(tip - 1) << 3);
  for (let other = 0; other < tip; other++) {
    if (load<f64>(sizes + (<usize>other << 3)) > 0) {
      const distance = load<f64>(at);
      if (distance < best) {
        best = distance;
        found = other;
      }
    }
    at += <usize>(n - other - 2) << 3;
  }
  at = table + (condensed(tip, tip + 1, n) << 3);
  for (let other = tip + 1; other < n; other++) {
    const distance = load<f64>(at);
    at += 8;
    if (distance < best && load<f64>(sizes + (<usize>other << 3)) > 0) {
      best = distance;
      found = other;
    }
  }
  return found;
}

// @ts-ignore: decorator
@inline
function cell(table: usize, a: i32, b: i32, n: i32): usize {
  return table + ((a < b ? condensed(a, b, n) : condensed(b, a, n)) << 3);
}

/** Merges cluster `gone` into `kept`: distances to the others by the greatest, or by the mean over pairs of rows. */
export function mergeInTable(table: usize, n: i32, sizes: usize, gone: i32, kept: i32, complete: i32): void {
  const s = load<f64>(sizes + (<usize>gone << 3));
  const t = load<f64>(sizes + (<usize>kept << 3));
  store<f64>(sizes + (<usize>gone << 3), 0);
  store<f64>(sizes + (<usize>kept << 3), s + t);
  for (let other = 0; other < n; other++) {
    if (other == kept || load<f64>(sizes + (<usize>other << 3)) == 0) continue;
    const into = cell(table, kept, other, n);
    const a = load<f64>(cell(table, gone, other, n));
    const b = load<f64>(into);
    store<f64>(into, complete ? Math.max(a, b) : (s * a + t * b) / (s + t));
  }
}

export function tableDistance(table: usize, n: i32, a: i32, b: i32): f64 {
  return load<f64>(cell(table, a, b, n));
}
