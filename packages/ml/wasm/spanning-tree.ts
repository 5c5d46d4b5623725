// Rows not yet in the tree stand in tiles of eight (value of column c of row 8 t + lane at tiles + 64 (t columns + c) + 8 lane),
// with what reaches them from the tree. Lanes without a row hold infinity, so nothing ever reaches them.
//
// The head, 8-byte words: 0 tiles, 1 columns, 2 remaining, 3 reach (f64), 4 near (i32: row of the tree), 5 core (f64), 6 id (i32),
// 7 position (i32, by id), 8 current row's values, 9 its core, 10 its id, 11 limit, 12 scale (1 / alpha).

// @ts-ignore: decorator
@inline
function word(head: usize, at: usize): usize {
  return <usize>load<f64>(head + (at << 3));
}

/**
 * Lets the current row reach those of the tiles [from, to): by the greatest of their distance and both cores. Leaves the least
 * reach and the position of its row, of equal ones that of the least id, at out (f64, f64); position -1 where nothing is reached.
 */
export function step(head: usize, from: i32, to: i32, out: usize): void {
  const bytes = word(head, 1) << 3;
  const current = word(head, 8);
  const reaches = word(head, 3);
  const nears = word(head, 4);
  const cores = word(head, 5);
  const ids = word(head, 6);
  const id = <i32>word(head, 10);
  const core = v128.load64_splat(head, 72);
  const limit = v128.load64_splat(head, 88);
  const scale = v128.load64_splat(head, 96);
  const never = f64x2.splat(Infinity);
  let best: f64 = Infinity;
  let bestId: i32 = i32.MAX_VALUE;
  let position: i32 = -1;
  for (let t = from; t < to; t++) {
    let x = word(head, 0) + <usize>t * bytes * 8;
    let p = current;
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
    for (let part: usize = 0; part < 4; part++) {
      const at = (<usize>t << 6) + (part << 4);
      const distance = f64x2.sqrt(a0);
      const scaled = f64x2.mul(distance, scale);
      let weight = f64x2.max(f64x2.max(scaled, core), v128.load(cores + at));
      weight = v128.bitselect(weight, never, f64x2.le(distance, limit));
      let reach = v128.load(reaches + at);
      const closer = f64x2.lt(weight, reach);
      if (v128.any_true(closer)) {
        reach = v128.bitselect(weight, reach, closer);
        v128.store(reaches + at, reach);
        const near = nears + (at >> 1);
        if (i64x2.extract_lane(closer, 0)) store<i32>(near, id);
        if (i64x2.extract_lane(closer, 1)) store<i32>(near, id, 4);
      }
      if (v128.any_true(f64x2.le(reach, f64x2.splat(best)))) {
        for (let lane: usize = 0; lane < 2; lane++) {
          const own = load<f64>(reaches + at + (lane << 3));
          if (own > best || own == Infinity) continue;
          const ownId = load<i32>(ids + (at >> 1) + (lane << 2));
          if (own == best && ownId > bestId) continue;
          best = own;
          bestId = ownId;
          position = <i32>((at >> 3) + lane);
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

/** Makes the row at that position the current one and closes its gap with the last. Returns its id. */
export function take(head: usize, position: i32): i32 {
  const columns = word(head, 1);
  const tiles = word(head, 0);
  const ids = word(head, 6);
  const last = <i32>word(head, 2) - 1;
  const at = <usize>position;
  const id = load<i32>(ids + (at << 2));
  const from = tiles + (at >> 3) * columns * 64 + ((at & 7) << 3);
  const current = word(head, 8);
  for (let c: usize = 0; c < columns; c++) store<f64>(current + (c << 3), load<f64>(from + (c << 6)));
  store<f64>(head, load<f64>(word(head, 5) + (at << 3)), 72);
  store<f64>(head, <f64>id, 80);
  const end = <usize>last;
  const moved = tiles + (end >> 3) * columns * 64 + ((end & 7) << 3);
  for (let c: usize = 0; c < columns; c++) {
    store<f64>(from + (c << 6), load<f64>(moved + (c << 6)));
    store<f64>(moved + (c << 6), Infinity);
  }
  for (let array: usize = 3; array <= 5; array += 2) {
    const values = word(head, array);
    store<f64>(values + (at << 3), load<f64>(values + (end << 3)));
  }
  store<f64>(word(head, 3) + (end << 3), Infinity);
  const nears = word(head, 4);
  store<i32>(nears + (at << 2), load<i32>(nears + (end << 2)));
  const movedId = load<i32>(ids + (end << 2));
  store<i32>(ids + (at << 2), movedId);
  store<i32>(word(head, 7) + (<usize>movedId << 2), position);
  store<f64>(head, <f64>last, 16);
  return id;
}
