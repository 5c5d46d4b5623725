// The kernels of src/boosting/kernel.ts in AssemblyScript. Every function does the same arithmetic in the same order as
// its twin in src/boosting/scripted-kernel.ts, so both give the same bits: no fused multiply-add, no reordered sums.

export function gather(rows: usize, count: i32, pairs: usize, ordered: usize): void {
  const end = rows + ((<usize>count) << 2);
  while (rows < end) {
    store<u64>(ordered, load<u64>(pairs + ((<usize>load<u32>(rows)) << 3)));
    rows += 4;
    ordered += 8;
  }
}

// A pair is one 64-bit number here: hessians are not negative and their sums stay below 2^31, so the lower half never
// carries into the upper.
export function histogram(bins: usize, rows: usize, ordered: usize, count: i32, hist: usize): void {
  memory.fill(hist, 0, 16384);
  const end = rows + ((<usize>count) << 2);
  while (rows < end) {
    const pair = load<u64>(ordered);
    let p: usize;
    const at = bins + ((<usize>load<u32>(rows)) << 3);
    p = hist + ((<usize>load<u8>(at)) << 3);
    store<u64>(p, load<u64>(p) + pair);
    p = hist + ((<usize>load<u8>(at, 1)) << 3);
    store<u64>(p, load<u64>(p, 2048) + pair, 2048);
    p = hist + ((<usize>load<u8>(at, 2)) << 3);
    store<u64>(p, load<u64>(p, 4096) + pair, 4096);
    p = hist + ((<usize>load<u8>(at, 3)) << 3);
    store<u64>(p, load<u64>(p, 6144) + pair, 6144);
    p = hist + ((<usize>load<u8>(at, 4)) << 3);
    store<u64>(p, load<u64>(p, 8192) + pair, 8192);
    p = hist + ((<usize>load<u8>(at, 5)) << 3);
    store<u64>(p, load<u64>(p, 10240) + pair, 10240);
    p = hist + ((<usize>load<u8>(at, 6)) << 3);
    store<u64>(p, load<u64>(p, 12288) + pair, 12288);
    p = hist + ((<usize>load<u8>(at, 7)) << 3);
    store<u64>(p, load<u64>(p, 14336) + pair, 14336);
    rows += 4;
    ordered += 8;
  }
}

export function subtract(parent: usize, child: usize, pairs: i32): void {
  const end = parent + ((<usize>pairs) << 3);
  while (parent < end) {
    v128.store(parent, i32x4.sub(v128.load(parent), v128.load(child)));
    parent += 16;
    child += 16;
  }
}

export function partition(
  bins: usize,
  rows: usize,
  count: i32,
  threshold: i32,
  missingBin: i32,
  scratch: usize,
): i32 {
  let left = rows;
  let right = scratch;
  const end = rows + ((<usize>count) << 2);
  for (let at = rows; at < end; at += 4) {
    const row = load<u32>(at);
    const bin = <i32>load<u8>(bins + ((<usize>row) << 3));
    const goesLeft = <usize>(i32(bin <= threshold) | i32(bin == missingBin));
    store<u32>(left, row);
    store<u32>(right, row);
    left += goesLeft << 2;
    right += (goesLeft ^ 1) << 2;
  }
  memory.copy(left, scratch, right - scratch);
  return <i32>((left - rows) >> 2);
}

export function scan(
  hist: usize,
  valueBins: i32,
  missing: i32,
  hessianSum: f64,
  gradientSum: f64,
  hessianUnit: f64,
  gradientUnit: f64,
  minHessian: f64,
  lambda: f64,
  direction: f64,
  lower: f64,
  upper: f64,
  out: usize,
): f64 {
  const free = direction == 0 && lower == -Infinity && upper == Infinity;
  const missingAt = hist + ((<usize>valueBins) << 3);
  const missingH: f64 = missing ? <f64>load<i32>(missingAt) : 0;
  const missingG: f64 = missing ? <f64>load<i32>(missingAt, 4) : 0;
  let best: f64 = -Infinity;
  let bestBin = 0;
  let bestLeft = 0;
  let bestH: f64 = 0;
  let bestG: f64 = 0;
  const passes = missingH > 0 ? 2 : 1;
  for (let missingLeft = 0; missingLeft < passes; missingLeft++) {
    let h: f64 = missingLeft ? missingH : 0;
    let g: f64 = missingLeft ? missingG : 0;
    const last = missingH > 0 && missingLeft == 0 ? valueBins : valueBins - 1;
    let at = hist;
    for (let bin = 0; bin < last; bin++) {
      h += <f64>load<i32>(at);
      g += <f64>load<i32>(at, 4);
      at += 8;
      const restH = hessianSum - h;
      if (h < minHessian) continue;
      if (restH < minHessian) break;
      const gl = g * gradientUnit;
      const gr = (gradientSum - g) * gradientUnit;
      const hl = h * hessianUnit + lambda;
      const hr = restH * hessianUnit + lambda;
      let score: f64;
      if (free) {
        score = (gl * gl * hr + gr * gr * hl) / (hl * hr);
      } else {
        const wl = min(max(-gl / hl, lower), upper);
        const wr = min(max(-gr / hr, lower), upper);
        if (direction * (wr - wl) < 0) continue;
        score = -(2 * gl * wl + hl * wl * wl) - (2 * gr * wr + hr * wr * wr);
      }
      if (score > best) {
        best = score;
        bestBin = bin;
        bestLeft = missingLeft;
        bestH = h;
        bestG = g;
      }
    }
  }
  store<f64>(out, <f64>bestBin);
  store<f64>(out, <f64>bestLeft, 8);
  store<f64>(out, bestH, 16);
  store<f64>(out, bestG, 24);
  store<f64>(out, missingH, 32);
  return best;
}

// @ts-ignore: decorator
@inline
function binOf(value: f32, bounds: usize): usize {
  let at = bounds;
  at += (<usize>(value > load<f32>(at, 508))) << 9;
  at += (<usize>(value > load<f32>(at, 252))) << 8;
  at += (<usize>(value > load<f32>(at, 124))) << 7;
  at += (<usize>(value > load<f32>(at, 60))) << 6;
  at += (<usize>(value > load<f32>(at, 28))) << 5;
  at += (<usize>(value > load<f32>(at, 12))) << 4;
  at += (<usize>(value > load<f32>(at, 4))) << 3;
  at += (<usize>(value > load<f32>(at))) << 2;
  return (at - bounds) >> 2;
}

export function assignBins(values: usize, count: i32, bounds: usize, missingBin: i32, out: usize): void {
  const end = values + ((<usize>count) << 2);
  while (values < end) {
    const value = load<f32>(values);
    store<u8>(out, value == value ? binOf(value, bounds) : <usize>missingBin);
    values += 4;
    out += 8;
  }
}

export function pairRow(
  score: usize,
  e: usize,
  v: usize,
  gradient: usize,
  hessian: usize,
  count: i32,
  ownScore: f64,
  ownE: f64,
  u: f64,
  unit: f64,
  isPositive: i32,
  spread: i32,
  out: usize,
): void {
  const sign: f64 = isPositive ? 1 : -1;
  let pull = f64x2.splat(0);
  let curvature = f64x2.splat(0);
  const ownEs = f64x2.splat(ownE);
  const ownScores = f64x2.splat(ownScore);
  const us = f64x2.splat(u);
  const units = f64x2.splat(unit);
  const signs = f64x2.splat(sign);
  const one = f64x2.splat(1);
  const nearest = f64x2.splat(0.01);
  const bytes = (<usize>count) << 3;
  const pairedBytes = bytes & ~15;
  let at: usize = 0;
  for (; at < pairedBytes; at += 16) {
    const es = v128.load(e + at);
    const distance = spread
      ? f64x2.add(nearest, f64x2.sub(ownScores, v128.load(score + at)))
      : one;
    const inverse = f64x2.div(one, f64x2.mul(f64x2.add(ownEs, es), distance));
    const high = isPositive ? ownEs : es;
    const low = isPositive ? es : ownEs;
    const lambda = f64x2.mul(
      f64x2.mul(f64x2.mul(f64x2.abs(f64x2.sub(us, v128.load(v + at))), units), high),
      inverse,
    );
    const second = f64x2.mul(f64x2.mul(f64x2.mul(lambda, low), inverse), distance);
    pull = f64x2.add(pull, lambda);
    curvature = f64x2.add(curvature, second);
    v128.store(gradient + at, f64x2.add(v128.load(gradient + at), f64x2.mul(signs, lambda)));
    v128.store(hessian + at, f64x2.add(v128.load(hessian + at), second));
  }
  let pulls = f64x2.extract_lane(pull, 0);
  let curvatures = f64x2.extract_lane(curvature, 0);
  if (at < bytes) {
    const es = load<f64>(e + at);
    const distance = spread ? 0.01 + (ownScore - load<f64>(score + at)) : 1;
    const inverse = 1 / ((ownE + es) * distance);
    const high = isPositive ? ownE : es;
    const low = isPositive ? es : ownE;
    const lambda = abs(u - load<f64>(v + at)) * unit * high * inverse;
    const second = lambda * low * inverse * distance;
    pulls += lambda;
    curvatures += second;
    store<f64>(gradient + at, load<f64>(gradient + at) + sign * lambda);
    store<f64>(hessian + at, load<f64>(hessian + at) + second);
  }
  store<f64>(out, pulls + f64x2.extract_lane(pull, 1));
  store<f64>(out, curvatures + f64x2.extract_lane(curvature, 1), 8);
}
