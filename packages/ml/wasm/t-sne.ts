// The kernel of src/manifold/t-sne-descent.ts: Barnes and Hut's sums over a quadtree in the order of Morton codes, four near points
// at a time, and the gradient of the Kullback-Leibler divergence. Sums are taken by one thread each, in one order.

// Words of a job.
const ROWS = 0;
const OFFSETS = 1;
const COLUMNS = 2;
const VALUES = 3;
const PLACES = 4;
const GRADIENT = 5;
const ORDER = 6;
const XS = 7;
const YS = 8;
const NODES = 9;
const FORCE_X = 10;
const FORCE_Y = 11;
const SHARES = 12;
const VELOCITY = 13;
const GAINS = 14;
const CODES = 15;
const SPARE_CODES = 16;
const SPARE_ORDER = 17;
const NODE_COUNT = 18;
const ANGLE = 19;
const COUNTS = 20;

const NODE_BYTES: usize = 20;
const DEEPEST = 16;

// @ts-ignore: decorator
@inline
function word(job: usize, at: i32): usize {
  return load<usize>(job + (<usize>at << 2));
}

function spreadBits(value: u32): u32 {
  let v = value;
  v = (v | (v << 8)) & 0x00ff00ff;
  v = (v | (v << 4)) & 0x0f0f0f0f;
  v = (v | (v << 2)) & 0x33333333;
  return (v | (v << 1)) & 0x55555555;
}

/** Sorts the points by place and builds the tree; a node is (f32 x, y, points, width^2, i32 node after its subtree). */
export function tree(job: usize): void {
  const rows = <i32>word(job, ROWS);
  const places = word(job, PLACES);
  let lowX = Infinity;
  let lowY = Infinity;
  let highX = -Infinity;
  let highY = -Infinity;
  for (let row = 0; row < rows; row++) {
    const x = load<f64>(places + (<usize>row << 4));
    const y = load<f64>(places + (<usize>row << 4), 8);
    lowX = min(lowX, x);
    highX = max(highX, x);
    lowY = min(lowY, y);
    highY = max(highY, y);
  }
  const width = max(max(highX - lowX, highY - lowY), 1e-300);
  const cells = 65535.99 / width;
  for (let row = 0; row < rows; row++) {
    const x = <u32>((load<f64>(places + (<usize>row << 4)) - lowX) * cells);
    const y = <u32>((load<f64>(places + (<usize>row << 4), 8) - lowY) * cells);
    store<u32>(word(job, CODES) + (<usize>row << 2), spreadBits(x) | (spreadBits(y) << 1));
    store<i32>(word(job, ORDER) + (<usize>row << 2), row);
  }
  sortByCode(job, rows);
  const order = word(job, ORDER);
  const padded = (rows + 3) & ~3;
  for (let at = 0; at < padded; at++) {
    const row = load<i32>(order + (<usize>min(at, rows - 1) << 2));
    store<f32>(word(job, XS) + (<usize>at << 2), <f32>load<f64>(places + (<usize>row << 4)));
    store<f32>(word(job, YS) + (<usize>at << 2), <f32>load<f64>(places + (<usize>row << 4), 8));
  }
  store<i32>(job + (NODE_COUNT << 2), build(job, 0, rows, 0, 0, width));
}

/** Four passes of eight bits, back in the first arrays at the end. */
function sortByCode(job: usize, rows: i32): void {
  let codes = word(job, CODES);
  let order = word(job, ORDER);
  let codesTo = word(job, SPARE_CODES);
  let orderTo = word(job, SPARE_ORDER);
  const counts = word(job, COUNTS);
  for (let shift = 0; shift < 32; shift += 8) {
    memory.fill(counts, 0, 1024);
    for (let at = 0; at < rows; at++) {
      const slot = counts + (((load<u32>(codes + (<usize>at << 2)) >> shift) & 255) << 2);
      store<i32>(slot, load<i32>(slot) + 1);
    }
    let start = 0;
    for (let at: usize = 0; at < 1024; at += 4) {
      const count = load<i32>(counts + at);
      store<i32>(counts + at, start);
      start += count;
    }
    for (let at = 0; at < rows; at++) {
      const code = load<u32>(codes + (<usize>at << 2));
      const slot = counts + (((code >> shift) & 255) << 2);
      const to = load<i32>(slot);
      store<i32>(slot, to + 1);
      store<u32>(codesTo + (<usize>to << 2), code);
      store<i32>(orderTo + (<usize>to << 2), load<i32>(order + (<usize>at << 2)));
    }
    let kept = codes;
    codes = codesTo;
    codesTo = kept;
    kept = order;
    order = orderTo;
    orderTo = kept;
  }
}

/** The subtree of points [from, to) as node `at` and after. @returns the node after it. */
function build(job: usize, from: i32, to: i32, at: i32, level: i32, width: f64): i32 {
  const codes = word(job, CODES);
  const node = word(job, NODES) + <usize>at * NODE_BYTES;
  // Cells with all points in one quarter are passed over.
  let depth = level;
  let size = width;
  while (depth < DEEPEST && to - from > 1) {
    const shift = 30 - 2 * depth;
    if (load<u32>(codes + (<usize>from << 2)) >> shift != load<u32>(codes + (<usize>(to - 1) << 2)) >> shift) break;
    depth++;
    size *= 0.5;
  }
  let x: f64 = 0;
  let y: f64 = 0;
  for (let point = from; point < to; point++) {
    x += <f64>load<f32>(word(job, XS) + (<usize>point << 2));
    y += <f64>load<f32>(word(job, YS) + (<usize>point << 2));
  }
  const count = <f64>(to - from);
  store<f32>(node, <f32>(x / count));
  store<f32>(node, <f32>(y / count), 4);
  store<f32>(node, <f32>count, 8);
  let next = at + 1;
  if (depth < DEEPEST && to - from > 1) {
    store<f32>(node, <f32>(size * size), 12);
    const shift = 30 - 2 * depth;
    let start = from;
    while (start < to) {
      const quarter = load<u32>(codes + (<usize>start << 2)) >> shift;
      let low = start + 1;
      let high = to;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (load<u32>(codes + (<usize>middle << 2)) >> shift == quarter) low = middle + 1;
        else high = middle;
      }
      next = build(job, start, low, next, depth + 1, size * 0.5);
      start = low;
    }
  } else {
    store<f32>(node, 0, 12);
  }
  store<i32>(node, next, 16);
  return next;
}

/** Repulsion of the points at sorted places [from, to), multiples of four: sums of m / (1 + d^2), and of m d / (1 + d^2)^2. */
export function repel(job: usize, from: i32, to: i32): void {
  const nodes = word(job, NODES);
  const end = nodes + word(job, NODE_COUNT) * NODE_BYTES;
  const angle = v128.load32_splat(job + (ANGLE << 2));
  const one = f32x4.splat(1);
  for (let at = <usize>from << 2; at < <usize>to << 2; at += 16) {
    const x = v128.load(word(job, XS) + at);
    const y = v128.load(word(job, YS) + at);
    let share = f32x4.splat(0);
    let forceX = share;
    let forceY = share;
    let node = nodes;
    while (node < end) {
      const dx = f32x4.sub(x, v128.load32_splat(node));
      const dy = f32x4.sub(y, v128.load32_splat(node, 4));
      const square = f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy));
      const size = load<f32>(node, 12);
      if (size == 0 || i32x4.all_true(f32x4.lt(f32x4.splat(size), f32x4.mul(angle, square)))) {
        const q = f32x4.div(one, f32x4.add(one, square));
        const m = f32x4.mul(v128.load32_splat(node, 8), q);
        share = f32x4.add(share, m);
        const w = f32x4.mul(m, q);
        forceX = f32x4.add(forceX, f32x4.mul(w, dx));
        forceY = f32x4.add(forceY, f32x4.mul(w, dy));
        node = nodes + <usize>load<i32>(node, 16) * NODE_BYTES;
      } else {
        node += NODE_BYTES;
      }
    }
    v128.store(word(job, SHARES) + at, share);
    v128.store(word(job, FORCE_X) + at, forceX);
    v128.store(word(job, FORCE_Y) + at, forceY);
  }
}

/** Sum over all pairs of 1 / (1 + d^2), each pair twice. */
export function total(job: usize): f64 {
  const rows = <i32>word(job, ROWS);
  let sum: f64 = 0;
  for (let at = 0; at < rows; at++) sum += <f64>load<f32>(word(job, SHARES) + (<usize>at << 2)) - 1;
  return sum;
}

/** Gradient of sorted places [from, to), into GRADIENT by row. */
export function attract(job: usize, from: i32, to: i32, sum: f64, exaggeration: f64): void {
  const places = word(job, PLACES);
  const offsets = word(job, OFFSETS);
  const columns = word(job, COLUMNS);
  const values = word(job, VALUES);
  for (let at = from; at < to; at++) {
    const row = load<i32>(word(job, ORDER) + (<usize>at << 2));
    const x = load<f64>(places + (<usize>row << 4));
    const y = load<f64>(places + (<usize>row << 4), 8);
    const end = load<i32>(offsets + (<usize>row << 2), 4);
    let pullX: f64 = 0;
    let pullY: f64 = 0;
    for (let entry = load<i32>(offsets + (<usize>row << 2)); entry < end; entry++) {
      const other = places + (<usize>load<i32>(columns + (<usize>entry << 2)) << 4);
      const dx = x - load<f64>(other);
      const dy = y - load<f64>(other, 8);
      const square = 1 + dx * dx + dy * dy;
      const p = load<f64>(values + (<usize>entry << 3));
      const w = p / square;
      pullX += w * dx;
      pullY += w * dy;
    }
    const to = word(job, GRADIENT) + (<usize>row << 4);
    store<f64>(to, 4 * (exaggeration * pullX - <f64>load<f32>(word(job, FORCE_X) + (<usize>at << 2)) / sum));
    store<f64>(to, 4 * (exaggeration * pullY - <f64>load<f32>(word(job, FORCE_Y) + (<usize>at << 2)) / sum), 8);
  }
}

/** A step with momentum and a gain for each coordinate. @returns the squared length of the gained gradient. */
export function step(job: usize, momentum: f64, rate: f64): f64 {
  const count = word(job, ROWS) << 1;
  let square: f64 = 0;
  for (let at: usize = 0; at < count; at++) {
    const place = at << 3;
    const gradient = load<f64>(word(job, GRADIENT) + place);
    const velocity = load<f64>(word(job, VELOCITY) + place);
    let gain = load<f64>(word(job, GAINS) + place);
    gain = max(velocity * gradient < 0 ? gain + 0.2 : gain * 0.8, 0.01);
    store<f64>(word(job, GAINS) + place, gain);
    const gained = gradient * gain;
    square += gained * gained;
    const moved = momentum * velocity - rate * gained;
    store<f64>(word(job, VELOCITY) + place, moved);
    store<f64>(word(job, PLACES) + place, load<f64>(word(job, PLACES) + place) + moved);
  }
  return square;
}
