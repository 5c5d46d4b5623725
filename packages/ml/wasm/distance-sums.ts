// Rows sorted by cluster, each cluster from a tile of its own on: value of column c of place 8 t + lane at tiles + 64 (t columns + c) + 8 lane. Places
// without a row hold infinity. Asked rows are given as places.
//
// The head, 8-byte words: 0 tiles, 1 columns, 2 clusters, 3 starts (i32, tile of each cluster, one more at the end),
// 4 sizes (f64), 5 asked (i32 places), 6 their clusters (i32), 7 out (f64).

// @ts-ignore: decorator
@inline
function word(head: usize, at: usize): usize {
  return <usize>load<f64>(head + (at << 3));
}

/** Rows asked together, and tiles that stay in the nearest cache meanwhile. */
const GROUP: i32 = 32;
const CHUNK: i32 = 16;

// @ts-ignore: decorator
@inline
function squares(x: usize, bytes: usize, point: usize, part: usize): v128 {
  let sum = f64x2.splat(0);
  let p = point;
  const end = p + bytes;
  x += part;
  while (p < end) {
    const difference = f64x2.sub(v128.load(x), v128.load64_splat(p));
    sum = f64x2.add(sum, f64x2.mul(difference, difference));
    p += 8;
    x += 64;
  }
  return sum;
}

function gather(head: usize, place: usize, into: usize): void {
  const columns = word(head, 1);
  const from = word(head, 0) + (place >> 3) * columns * 64 + ((place & 7) << 3);
  for (let c: usize = 0; c < columns; c++) store<f64>(into + (c << 3), load<f64>(from + (c << 6)));
}

/**
 * Silhouettes of the asked rows [from, to): scratch holds GROUP x (columns + clusters) numbers.
 * A row's distances to a cluster are added up tile by tile, so the sum does not depend on who asks with it.
 */
export function silhouettes(head: usize, from: i32, to: i32, scratch: usize): void {
  const columns = word(head, 1);
  const bytes = columns << 3;
  const clusters = <i32>word(head, 2);
  const starts = word(head, 3);
  const sizes = word(head, 4);
  const asked = word(head, 5);
  const own = word(head, 6);
  const out = word(head, 7);
  const sums = scratch + <usize>GROUP * bytes;
  const far = f64x2.splat(Infinity);
  for (let first = from; first < to; first += GROUP) {
    const group = min(GROUP, to - first);
    for (let q = 0; q < group; q++)
      gather(head, <usize>load<i32>(asked + (<usize>(first + q) << 2)), scratch + <usize>q * bytes);
    for (let c = 0; c < clusters; c++) {
      for (let q = 0; q < group; q++) store<f64>(sums + (<usize>(q * clusters + c) << 3), 0);
      const stop = load<i32>(starts + (<usize>(c + 1) << 2));
      for (let begin = load<i32>(starts + (<usize>c << 2)); begin < stop; begin += CHUNK) {
        const end = min(stop, begin + CHUNK);
        for (let q = 0; q < group; q++) {
          const point = scratch + <usize>q * bytes;
          let sum = f64x2.splat(0);
          let other = sum;
          for (let t = begin; t < end; t++) {
            let x = word(head, 0) + <usize>t * bytes * 8;
            let p = point;
            const last = p + bytes;
            let a0 = f64x2.splat(0);
            let a1 = a0;
            let a2 = a0;
            let a3 = a0;
            while (p < last) {
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
            // Infinity, of a place without a row, counts as nothing.
            a0 = v128.and(f64x2.sqrt(a0), f64x2.lt(a0, far));
            a1 = v128.and(f64x2.sqrt(a1), f64x2.lt(a1, far));
            a2 = v128.and(f64x2.sqrt(a2), f64x2.lt(a2, far));
            a3 = v128.and(f64x2.sqrt(a3), f64x2.lt(a3, far));
            sum = f64x2.add(sum, f64x2.add(a0, a1));
            other = f64x2.add(other, f64x2.add(a2, a3));
          }
          const at = sums + (<usize>(q * clusters + c) << 3);
          sum = f64x2.add(sum, other);
          store<f64>(at, load<f64>(at) + f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
        }
      }
    }
    for (let q = 0; q < group; q++) {
      const mine = load<i32>(own + (<usize>(first + q) << 2));
      const count = load<f64>(sizes + (<usize>mine << 3));
      let silhouette: f64 = 0;
      if (count > 1) {
        let nearest: f64 = Infinity;
        let inner: f64 = 0;
        for (let c = 0; c < clusters; c++) {
          const sum = load<f64>(sums + (<usize>(q * clusters + c) << 3));
          if (c == mine) inner = sum / (count - 1);
          else nearest = Math.min(nearest, sum / load<f64>(sizes + (<usize>c << 3)));
        }
        const greater = Math.max(inner, nearest);
        silhouette = greater > 0 ? (nearest - inner) / greater : 0;
      }
      store<f64>(out + (<usize>(first + q) << 3), silhouette);
    }
  }
}

/** Of the asked rows [from, to): the least squared distance to a row of another cluster and the greatest to one of their own, both at out2. */
export function extremes(head: usize, from: i32, to: i32, scratch: usize, result: usize): void {
  const bytes = word(head, 1) << 3;
  const clusters = <i32>word(head, 2);
  const starts = word(head, 3);
  const asked = word(head, 5);
  const own = word(head, 6);
  const far = f64x2.splat(Infinity);
  let least = far;
  let greatest = f64x2.splat(0);
  for (let first = from; first < to; first += GROUP) {
    const group = min(GROUP, to - first);
    for (let q = 0; q < group; q++)
      gather(head, <usize>load<i32>(asked + (<usize>(first + q) << 2)), scratch + <usize>q * bytes);
    for (let c = 0; c < clusters; c++) {
      const stop = load<i32>(starts + (<usize>(c + 1) << 2));
      for (let begin = load<i32>(starts + (<usize>c << 2)); begin < stop; begin += CHUNK) {
        const end = min(stop, begin + CHUNK);
        for (let q = 0; q < group; q++) {
          const point = scratch + <usize>q * bytes;
          const inside = load<i32>(own + (<usize>(first + q) << 2)) == c;
          for (let t = begin; t < end; t++) {
            let x = word(head, 0) + <usize>t * bytes * 8;
            let p = point;
            const last = p + bytes;
            let a0 = f64x2.splat(0);
            let a1 = a0;
            let a2 = a0;
            let a3 = a0;
            while (p < last) {
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
            if (inside) {
              a0 = f64x2.max(v128.and(a0, f64x2.lt(a0, far)), v128.and(a1, f64x2.lt(a1, far)));
              a2 = f64x2.max(v128.and(a2, f64x2.lt(a2, far)), v128.and(a3, f64x2.lt(a3, far)));
              greatest = f64x2.max(greatest, f64x2.max(a0, a2));
            } else {
              least = f64x2.min(least, f64x2.min(f64x2.min(a0, a1), f64x2.min(a2, a3)));
            }
          }
        }
      }
    }
  }
  store<f64>(result, Math.min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1)));
  store<f64>(result, Math.max(f64x2.extract_lane(greatest, 0), f64x2.extract_lane(greatest, 1)), 8);
}
