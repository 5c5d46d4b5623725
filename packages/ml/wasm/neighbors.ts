// The kernel of src/neighbors/nearest-neighbors.ts: k nearest rows by blocks of near rows. Scores |y|^2 - 2xy are taken in f32, four
// queries by eight rows at a time; more rows than wanted are kept, ranked by their f64 distances, and a query whose kept rows
// could have missed a nearer one by rounding is searched anew in f64. Every thread has its own globals, so all comes by `job`.

// Words of a job.
const COLUMNS = 0;
const WANTED = 1;
const KEPT = 2;
const BLOCKS = 3;
const PANELS = 4;
const NORMS = 5;
const IDS = 6;
const BOXES = 7;
const STARTS = 8;
const ROWS = 9;
const QUERIES = 10;
const QUERY_IDS = 11;
const QUERY_BOXES = 12;
const QUERY_STARTS = 13;
const QUERY_ROWS = 14;
const OUT_IDS = 15;
const OUT_DISTANCES = 16;
const SKIP_SELF = 17;
const SCALE = 18;
const LARGEST_BLOCK = 20;

// @ts-ignore: decorator
@inline
function word(job: usize, at: i32): i32 {
  return load<i32>(job + (<usize>at << 2));
}

/**
 * Query blocks [from, to). `scratch` is the call's own: a word that counts queries searched anew, then heaps of scores and ids
 * of a block's queries, limits, a tile, an order of blocks and a row's nearest.
 */
export function search(job: usize, from: i32, to: i32, scratch: usize): void {
  const columns = word(job, COLUMNS);
  const kept = word(job, KEPT);
  const blocks = word(job, BLOCKS);
  const starts = word(job, STARTS);
  const queryStarts = word(job, QUERY_STARTS);
  const queries = <usize>word(job, QUERIES);
  const largest = word(job, LARGEST_BLOCK);
  const heaps = scratch + 64;
  const limits = heaps + (<usize>(largest * kept) << 3);
  const counts = limits + (<usize>largest << 2);
  const squares = counts + (<usize>largest << 2);
  const tile = squares + (<usize>largest << 3);
  const order = tile + 128;
  const nearest = order + (<usize>blocks << 3);
  store<i32>(scratch, 0);
  for (let block = from; block < to; block++) {
    const first = load<i32>(queryStarts + (<usize>block << 2));
    const count = load<i32>(queryStarts + (<usize>block << 2), 4) - first;
    for (let query = 0; query < count; query++) {
      store<f32>(limits + (<usize>query << 2), f32.MAX_VALUE);
      store<i32>(counts + (<usize>query << 2), 0);
      let square: f64 = 0;
      const x = queries + (<usize>((first + query) * columns) << 2);
      for (let at = 0; at < columns; at++) {
        const value = <f64>load<f32>(x + (<usize>at << 2));
        square += value * value;
      }
      store<f64>(squares + (<usize>query << 3), square / 4);
    }
    sortBlocks(job, block, order);
    for (let at = 0; at < blocks; at++) {
      const entry = order + (<usize>at << 3);
      const apart = <f64>load<f32>(entry, 4);
      let widest: f64 = 0;
      for (let query = 0; query < count; query++) {
        if (load<i32>(word(job, QUERY_IDS) + (<usize>(first + query) << 2)) < 0) continue;
        const limit = <f64>load<f32>(limits + (<usize>query << 2)) + load<f64>(squares + (<usize>query << 3));
        if (limit > widest) widest = limit;
      }
      if (apart >= widest) break;
      const other = load<i32>(entry);
      const start = load<i32>(starts + (<usize>other << 2));
      const size = load<i32>(starts + (<usize>other << 2), 4) - start;
      for (let query = 0; query < count; query += 4) {
        screen(job, first + query, start, size, heaps + (<usize>(query * kept) << 3), limits + (<usize>query << 2), counts + (<usize>query << 2), tile);
      }
    }
    for (let query = 0; query < count; query++) {
      const id = load<i32>(word(job, QUERY_IDS) + (<usize>(first + query) << 2));
      if (id < 0) continue;
      const held = load<i32>(counts + (<usize>query << 2));
      const limit = held < kept ? f32.MAX_VALUE : load<f32>(limits + (<usize>query << 2));
      const sure = rank(job, id, heaps + (<usize>(query * kept) << 3), held, nearest, <f64>limit, load<f64>(squares + (<usize>query << 3)));
      if (!sure) {
        store<i32>(scratch, load<i32>(scratch) + 1);
        again(job, id, first + query, nearest);
      }
      finish(job, id, nearest);
    }
  }
}

/** All blocks with their squared distance from the query block's box, the nearest first: (i32 block, f32 distance) each. */
function sortBlocks(job: usize, block: i32, order: usize): void {
  const columns = word(job, COLUMNS);
  const blocks = word(job, BLOCKS);
  const bytes = <usize>columns << 2;
  const low = <usize>word(job, QUERY_BOXES) + 2 * <usize>block * bytes;
  const high = low + bytes;
  let box = <usize>word(job, BOXES);
  for (let other = 0; other < blocks; other++) {
    let square: f64 = 0;
    for (let at: usize = 0; at < bytes; at += 4) {
      const gap = max(<f64>load<f32>(box + at) - <f64>load<f32>(high + at), <f64>load<f32>(low + at) - <f64>load<f32>(box + bytes + at));
      if (gap > 0) square += gap * gap;
    }
    box += 2 * bytes;
    // Rounded down, so that it stays a lower bound; as bits of a positive number, so that the whole entry sorts as an integer.
    const bits = square > 1e-30 ? reinterpret<i32>(<f32>(square * 0.9999998)) : 0;
    store<i32>(order + (<usize>other << 3), other);
    store<i32>(order + (<usize>other << 3), bits, 4);
  }
  let gap = 1;
  while (gap < blocks / 3) gap = gap * 3 + 1;
  for (; gap > 0; gap /= 3) {
    for (let at = gap; at < blocks; at++) {
      const entry = load<u64>(order + (<usize>at << 3));
      let place = at;
      while (place >= gap && load<u64>(order + (<usize>(place - gap) << 3)) > entry) {
        store<u64>(order + (<usize>place << 3), load<u64>(order + (<usize>(place - gap) << 3)));
        place -= gap;
      }
      store<u64>(order + (<usize>place << 3), entry);
    }
  }
}

/** Four queries against a block's rows, eight at a time. */
function screen(job: usize, query: i32, start: i32, size: i32, heaps: usize, limits: usize, counts: usize, tile: usize): void {
  const columns = word(job, COLUMNS);
  const bytes = <usize>columns << 2;
  const x0 = <usize>word(job, QUERIES) + <usize>query * bytes;
  const x1 = x0 + bytes;
  const x2 = x1 + bytes;
  const x3 = x2 + bytes;
  let y = <usize>word(job, PANELS) + <usize>start * bytes;
  let norms = <usize>word(job, NORMS) + (<usize>start << 2);
  const end = norms + (<usize>size << 2);
  let l0 = v128.load32_splat(limits);
  let l1 = v128.load32_splat(limits, 4);
  let l2 = v128.load32_splat(limits, 8);
  let l3 = v128.load32_splat(limits, 12);
  let position = start;
  for (; norms < end; norms += 32) {
    let s0 = v128.load(norms);
    let t0 = v128.load(norms, 16);
    let s1 = s0;
    let t1 = t0;
    let s2 = s0;
    let t2 = t0;
    let s3 = s0;
    let t3 = t0;
    for (let at: usize = 0; at < bytes; at += 4) {
      const low = v128.load(y);
      const high = v128.load(y, 16);
      y += 32;
      const a0 = v128.load32_splat(x0 + at);
      s0 = f32x4.add(s0, f32x4.mul(a0, low));
      t0 = f32x4.add(t0, f32x4.mul(a0, high));
      const a1 = v128.load32_splat(x1 + at);
      s1 = f32x4.add(s1, f32x4.mul(a1, low));
      t1 = f32x4.add(t1, f32x4.mul(a1, high));
      const a2 = v128.load32_splat(x2 + at);
      s2 = f32x4.add(s2, f32x4.mul(a2, low));
      t2 = f32x4.add(t2, f32x4.mul(a2, high));
      const a3 = v128.load32_splat(x3 + at);
      s3 = f32x4.add(s3, f32x4.mul(a3, low));
      t3 = f32x4.add(t3, f32x4.mul(a3, high));
    }
    const some = v128.or(
      v128.or(f32x4.lt(f32x4.pmin(s0, t0), l0), f32x4.lt(f32x4.pmin(s1, t1), l1)),
      v128.or(f32x4.lt(f32x4.pmin(s2, t2), l2), f32x4.lt(f32x4.pmin(s3, t3), l3)),
    );
    if (v128.any_true(some)) {
      v128.store(tile, s0);
      v128.store(tile, t0, 16);
      v128.store(tile, s1, 32);
      v128.store(tile, t1, 48);
      v128.store(tile, s2, 64);
      v128.store(tile, t2, 80);
      v128.store(tile, s3, 96);
      v128.store(tile, t3, 112);
      keep(job, query, position, heaps, limits, counts, tile);
      l0 = v128.load32_splat(limits);
      l1 = v128.load32_splat(limits, 4);
      l2 = v128.load32_splat(limits, 8);
      l3 = v128.load32_splat(limits, 12);
    }
    position += 8;
  }
}

/** Puts the scores of a tile that are below their query's limit into its heap. */
function keep(job: usize, query: i32, position: i32, heaps: usize, limits: usize, counts: usize, tile: usize): void {
  const kept = word(job, KEPT);
  const skipSelf = word(job, SKIP_SELF);
  const ids = <usize>word(job, IDS) + (<usize>position << 2);
  for (let lane = 0; lane < 4; lane++) {
    const heap = heaps + (<usize>(lane * kept) << 3);
    const limit = limits + (<usize>lane << 2);
    const own = load<i32>(word(job, QUERY_IDS) + (<usize>(query + lane) << 2));
    if (own < 0) continue;
    for (let at = 0; at < 8; at++) {
      const score = load<f32>(tile + (<usize>(lane * 8 + at) << 2));
      if (!(score < load<f32>(limit))) continue;
      const id = load<i32>(ids + (<usize>at << 2));
      if (id < 0 || (skipSelf && id == own)) continue;
      const held = load<i32>(counts + (<usize>lane << 2));
      if (held < kept) {
        rise(heap, held, score, id);
        store<i32>(counts + (<usize>lane << 2), held + 1);
        if (held + 1 == kept) store<f32>(limit, load<f32>(heap));
      } else {
        sink(heap, kept, score, id);
        store<f32>(limit, load<f32>(heap));
      }
    }
  }
}

/** Adds to a heap whose largest score is first. */
function rise(heap: usize, held: i32, score: f32, id: i32): void {
  let at = held;
  while (at > 0) {
    const above = heap + (<usize>((at - 1) >> 1) << 3);
    if (load<f32>(above) >= score) break;
    store<u64>(heap + (<usize>at << 3), load<u64>(above));
    at = (at - 1) >> 1;
  }
  store<f32>(heap + (<usize>at << 3), score);
  store<i32>(heap + (<usize>at << 3), id, 4);
}

/** Replaces the largest. */
function sink(heap: usize, held: i32, score: f32, id: i32): void {
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= held) break;
    if (below + 1 < held && load<f32>(heap + (<usize>(below + 1) << 3)) > load<f32>(heap + (<usize>below << 3))) below++;
    if (load<f32>(heap + (<usize>below << 3)) <= score) break;
    store<u64>(heap + (<usize>at << 3), load<u64>(heap + (<usize>below << 3)));
    at = below;
  }
  store<f32>(heap + (<usize>at << 3), score);
  store<i32>(heap + (<usize>at << 3), id, 4);
}

/** Squared distance in f64, column after column. */
function distance(x: usize, y: usize, columns: i32): f64 {
  let square: f64 = 0;
  for (let at = 0; at < columns; at++) {
    const difference = load<f64>(x + (<usize>at << 3)) - load<f64>(y + (<usize>at << 3));
    square += difference * difference;
  }
  return square;
}

/** Puts a row into the `held` nearest of at most `wanted`, nearest first, equal ones by their ids; 16 bytes each. */
function place(nearest: usize, held: i32, wanted: i32, square: f64, id: i32): i32 {
  let at = held < wanted ? held : wanted - 1;
  if (held == wanted) {
    const last = nearest + (<usize>at << 4);
    if (square > load<f64>(last) || (square == load<f64>(last) && id > load<i32>(last, 8))) return held;
  }
  while (at > 0) {
    const before = nearest + (<usize>(at - 1) << 4);
    const beforeSquare = load<f64>(before);
    if (beforeSquare < square || (beforeSquare == square && load<i32>(before, 8) < id)) break;
    store<f64>(nearest + (<usize>at << 4), beforeSquare);
    store<i32>(nearest + (<usize>at << 4), load<i32>(before, 8), 8);
    at--;
  }
  store<f64>(nearest + (<usize>at << 4), square);
  store<i32>(nearest + (<usize>at << 4), id, 8);
  return held < wanted ? held + 1 : held;
}

/**
 * The nearest of the kept rows.
 * @returns whether no other row can be as near: its score is at least `limit`, and off by at most `slack` in f32 (the sum of
 *   columns + 1 rounded terms), if it is within the distance of the last.
 */
function rank(job: usize, id: i32, heap: usize, held: i32, nearest: usize, limit: f64, square: f64): bool {
  const columns = word(job, COLUMNS);
  const wanted = word(job, WANTED);
  const rowBytes = <usize>columns << 3;
  const x = <usize>word(job, QUERY_ROWS) + <usize>id * rowBytes;
  let placed = 0;
  for (let at = 0; at < held; at++) {
    const other = load<i32>(heap + (<usize>at << 3), 4);
    placed = place(nearest, placed, wanted, distance(x, <usize>word(job, ROWS) + <usize>other * rowBytes, columns), other);
  }
  if (limit >= <f64>f32.MAX_VALUE) return true;
  const scale = load<f64>(job + (SCALE << 2));
  const farthest = load<f64>(nearest + (<usize>(wanted - 1) << 4)) * scale * scale;
  const length = Math.sqrt(square);
  const radius = Math.sqrt(farthest);
  const slack = <f64>(columns + 6) * 5.9604644775390625e-8 * (length + radius) * (3 * length + radius) + 1e-30;
  return limit + square - slack > farthest;
}

/** The same row in f64 over all blocks that may hold a row as near as the last one known. */
function again(job: usize, id: i32, position: i32, nearest: usize): void {
  const columns = word(job, COLUMNS);
  const wanted = word(job, WANTED);
  const blocks = word(job, BLOCKS);
  const skipSelf = word(job, SKIP_SELF);
  const rowBytes = <usize>columns << 3;
  const bytes = <usize>columns << 2;
  const scale = load<f64>(job + (SCALE << 2));
  const x = <usize>word(job, QUERY_ROWS) + <usize>id * rowBytes;
  const query = <usize>word(job, QUERIES) + <usize>position * bytes;
  const list = nearest + (<usize>wanted << 4);
  let placed = 0;
  const last = nearest + (<usize>(wanted - 1) << 4);
  let bound = load<f64>(last);
  let length: f64 = 0;
  for (let at: usize = 0; at < bytes; at += 4) {
    const value = <f64>load<f32>(query + at) * -0.5;
    length += value * value;
  }
  length = Math.sqrt(length);
  for (let block = 0; block < blocks; block++) {
    const box = <usize>word(job, BOXES) + 2 * <usize>block * bytes;
    let apart: f64 = 0;
    for (let at: usize = 0; at < bytes; at += 4) {
      const value = <f64>load<f32>(query + at) * -0.5;
      const gap = max(<f64>load<f32>(box + at) - value, value - <f64>load<f32>(box + bytes + at));
      if (gap > 0) apart += gap * gap;
    }
    const radius = Math.sqrt(bound) * scale;
    // The box holds rounded rows: each may be this much nearer.
    if (Math.sqrt(apart) > radius + 2.4e-7 * (2 * length + radius) + 1e-15) continue;
    const start = load<i32>(word(job, STARTS) + (<usize>block << 2));
    const end = load<i32>(word(job, STARTS) + (<usize>block << 2), 4);
    for (let at = start; at < end; at++) {
      const other = load<i32>(word(job, IDS) + (<usize>at << 2));
      if (other < 0 || (skipSelf && other == id)) continue;
      const square = distance(x, <usize>word(job, ROWS) + <usize>other * rowBytes, columns);
      if (square > bound) continue;
      placed = place(list, placed, wanted, square, other);
      if (placed == wanted) bound = load<f64>(list + (<usize>(wanted - 1) << 4));
    }
  }
  memory.copy(nearest, list, <usize>wanted << 4);
}

function finish(job: usize, id: i32, nearest: usize): void {
  const wanted = word(job, WANTED);
  const ids = <usize>word(job, OUT_IDS) + (<usize>id * <usize>wanted << 2);
  const distances = <usize>word(job, OUT_DISTANCES) + (<usize>id * <usize>wanted << 3);
  for (let at: usize = 0; at < <usize>wanted; at++) {
    store<f64>(distances + (at << 3), Math.sqrt(load<f64>(nearest + (at << 4))));
    store<i32>(ids + (at << 2), load<i32>(nearest + (at << 4), 8));
  }
}
