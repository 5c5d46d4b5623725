// Rows in an order that keeps near ones together, in blocks of 128, each eight tiles of sixteen f32: value of column c of place 16 t + lane at
// tiles + 64 (t columns + c) + 4 lane. Of each block its centre and radius are known, so that far pairs of blocks are passed
// over. What f32 leaves open is decided in f64. Places without a row hold NaN in f32, which is within no radius.
//
// The head, 8-byte words: 0 tiles (f32), 1 exact rows (f64, row by row), 2 columns, 3 blocks, 4 rows, 5 centres (f64), 6 radii (f64), 7 counts
// (i32), 8 core (u8), 9 roots (i32), 10 whole (i32 by block: all its core rows are known to be of one cluster), 11 rank (i32),
// 12 first core place of each block (i32, -1: none), 13 found (i32); 14 radius, 15 its square, 16 and 17 the squares between
// which f32 decides nothing.

// @ts-ignore: decorator
@inline
function word(head: usize, at: usize): usize {
  return <usize>load<f64>(head + (at << 3));
}

/** Least distance that rows of the two blocks may have. */
function gap(head: usize, a: i32, b: i32): f64 {
  const columns = word(head, 2);
  const centres = word(head, 5);
  const radii = word(head, 6);
  const x = centres + <usize>a * (columns << 3);
  const y = centres + <usize>b * (columns << 3);
  let sum: f64 = 0;
  for (let c: usize = 0; c < columns; c++) {
    const difference = load<f64>(x + (c << 3)) - load<f64>(y + (c << 3));
    sum += difference * difference;
  }
  // Rounding must never hide a pair.
  return Math.sqrt(sum) * (1 - 1e-12) - load<f64>(radii + (<usize>a << 3)) - load<f64>(radii + (<usize>b << 3));
}

function exactlyWithin(head: usize, a: i32, b: i32): bool {
  const bytes = word(head, 2) << 3;
  let x = word(head, 1) + <usize>a * bytes;
  let y = word(head, 1) + <usize>b * bytes;
  const end = x + bytes;
  let sum: f64 = 0;
  while (x < end) {
    const difference = load<f64>(x) - load<f64>(y);
    sum += difference * difference;
    x += 8;
    y += 8;
  }
  return sum <= load<f64>(head, 120);
}

/** Bit l: the row at place 16 t + l is within the radius of the row at that place. */
function near(head: usize, place: i32, t: i32): i32 {
  const columns = word(head, 2);
  const tiles = word(head, 0);
  let p = tiles + <usize>(place >> 4) * (columns << 6) + (<usize>(place & 15) << 2);
  let x = tiles + <usize>t * (columns << 6);
  const end = x + (columns << 6);
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  while (x < end) {
    const value = v128.load32_splat(p);
    const d0 = f32x4.sub(v128.load(x), value);
    a0 = f32x4.add(a0, f32x4.mul(d0, d0));
    const d1 = f32x4.sub(v128.load(x, 16), value);
    a1 = f32x4.add(a1, f32x4.mul(d1, d1));
    const d2 = f32x4.sub(v128.load(x, 32), value);
    a2 = f32x4.add(a2, f32x4.mul(d2, d2));
    const d3 = f32x4.sub(v128.load(x, 48), value);
    a3 = f32x4.add(a3, f32x4.mul(d3, d3));
    x += 64;
    p += 64;
  }
  const most = f32x4.splat(<f32>load<f64>(head, 136));
  let mask =
    i32x4.bitmask(f32x4.le(a0, most)) |
    (i32x4.bitmask(f32x4.le(a1, most)) << 4) |
    (i32x4.bitmask(f32x4.le(a2, most)) << 8) |
    (i32x4.bitmask(f32x4.le(a3, most)) << 12);
  if (mask == 0) return 0;
  const sure = f32x4.splat(<f32>load<f64>(head, 128));
  let open =
    mask &
    ~(
      i32x4.bitmask(f32x4.lt(a0, sure)) |
      (i32x4.bitmask(f32x4.lt(a1, sure)) << 4) |
      (i32x4.bitmask(f32x4.lt(a2, sure)) << 8) |
      (i32x4.bitmask(f32x4.lt(a3, sure)) << 12)
    );
  while (open) {
    const lane = ctz(open);
    open &= open - 1;
    if (!exactlyWithin(head, place, (t << 4) + lane)) mask &= ~(1 << lane);
  }
  return mask;
}

/**
 * How many rows, itself included, are within the radius of each row of the blocks [from, to); a row that has `least` is counted no
 * further. Blocks near in order, which mostly are near in space, come first.
 */
export function count(head: usize, from: i32, to: i32, least: i32): void {
  const blocks = <i32>word(head, 3);
  const rows = <i32>word(head, 4);
  const counts = word(head, 7);
  const radius = load<f64>(head, 112);
  for (let a = from; a < to; a++) {
    const end = min((a + 1) << 7, rows);
    let open = end - (a << 7);
    for (let step = 0; step < blocks << 1 && open > 0; step++) {
      const b = step & 1 ? a + ((step + 1) >> 1) : a - (step >> 1);
      if (b < 0 || b >= blocks || gap(head, a, b) > radius) continue;
      open = 0;
      for (let place = a << 7; place < end; place++) {
        const at = counts + (<usize>place << 2);
        let found = load<i32>(at);
        if (found >= least) continue;
        for (let t = b << 3; t < (b + 1) << 3 && found < least; t++) found += popcnt(near(head, place, t));
        store<i32>(at, found);
        if (found < least) open++;
      }
    }
  }
}

function rootOf(roots: usize, place: i32): i32 {
  let at = place;
  let up = atomic.load<i32>(roots + (<usize>at << 2));
  while (up != at) {
    at = up;
    up = atomic.load<i32>(roots + (<usize>at << 2));
  }
  return at;
}

/** Joins two sets by their lesser root, with others doing the same: which sets there are in the end does not depend on the order. */
function unite(roots: usize, a: i32, b: i32): void {
  for (;;) {
    const x = rootOf(roots, a);
    const y = rootOf(roots, b);
    if (x == y) return;
    const low = min(x, y);
    const high = max(x, y);
    if (atomic.cmpxchg<i32>(roots + (<usize>high << 2), high, low) == high) {
      // Shortens the ways that led here; never of what may be a root still, which another thread may be joining.
      if (a != low) atomic.store<i32>(roots + (<usize>a << 2), low);
      if (b != low) atomic.store<i32>(roots + (<usize>b << 2), low);
      return;
    }
  }
}

function isWhole(head: usize, block: i32): bool {
  const whole = word(head, 10) + (<usize>block << 2);
  if (atomic.load<i32>(whole)) return true;
  const roots = word(head, 9);
  const core = word(head, 8);
  const first = load<i32>(word(head, 12) + (<usize>block << 2));
  const root = rootOf(roots, first);
  const end = min((block + 1) << 7, <i32>word(head, 4));
  for (let place = first + 1; place < end; place++)
    if (load<u8>(core + <usize>place) && rootOf(roots, place) != root) return false;
  atomic.store<i32>(whole, 1);
  return true;
}

/** Joins the core rows of the blocks [from, to) with core rows within the radius, of the `before` blocks up to and including their own. */
export function link(head: usize, from: i32, to: i32, before: i32): void {
  const rows = <i32>word(head, 4);
  const core = word(head, 8);
  const roots = word(head, 9);
  const firsts = word(head, 12);
  const radius = load<f64>(head, 112);
  for (let a = from; a < to; a++) {
    const firstA = load<i32>(firsts + (<usize>a << 2));
    if (firstA < 0) continue;
    for (let b = a; b >= max(0, a - before + 1); b--) {
      const firstB = load<i32>(firsts + (<usize>b << 2));
      if (firstB < 0 || gap(head, a, b) > radius) continue;
      if (isWhole(head, a) && isWhole(head, b) && rootOf(roots, firstA) == rootOf(roots, firstB)) continue;
      for (let place = firstA; place < min((a + 1) << 7, rows); place++) {
        if (!load<u8>(core + <usize>place)) continue;
        for (let t = b << 3; t < (b + 1) << 3; t++) {
          let mask = near(head, place, t);
          while (mask) {
            const other = (t << 4) + ctz(mask);
            mask &= mask - 1;
            if (load<u8>(core + <usize>other)) unite(roots, place, other);
          }
        }
      }
    }
  }
}

/** found: the least rank of a core row within the radius of each row of the blocks [from, to) that is none; i32's greatest if none is. */
export function reach(head: usize, from: i32, to: i32): void {
  const blocks = <i32>word(head, 3);
  const rows = <i32>word(head, 4);
  const core = word(head, 8);
  const ranks = word(head, 11);
  const found = word(head, 13);
  const firsts = word(head, 12);
  const radius = load<f64>(head, 112);
  for (let a = from; a < to; a++) {
    const end = min((a + 1) << 7, rows);
    let lonely = false;
    for (let place = a << 7; place < end; place++) {
      store<i32>(found + (<usize>place << 2), i32.MAX_VALUE);
      if (!load<u8>(core + <usize>place)) lonely = true;
    }
    if (!lonely) continue;
    for (let b = 0; b < blocks; b++) {
      if (load<i32>(firsts + (<usize>b << 2)) < 0 || gap(head, a, b) > radius) continue;
      for (let place = a << 7; place < end; place++) {
        if (load<u8>(core + <usize>place)) continue;
        let best = load<i32>(found + (<usize>place << 2));
        for (let t = b << 3; t < (b + 1) << 3; t++) {
          let mask = near(head, place, t);
          while (mask) {
            const other = <usize>((t << 4) + ctz(mask));
            mask &= mask - 1;
            if (load<u8>(core + other)) best = min(best, load<i32>(ranks + (other << 2)));
          }
        }
        store<i32>(found + (<usize>place << 2), best);
      }
    }
  }
}
