import { BINS, FEATURES_PER_GROUP, type Kernel } from './kernel.ts';

/** The kernels in plain TypeScript: what runs where WebAssembly does not, and what the compiled kernels are tested against. */
export function scriptedKernel(bytes: number): Kernel {
  const buffer = new ArrayBuffer(Math.ceil(bytes / 8) * 8);
  const u8 = new Uint8Array(buffer);
  const i32 = new Int32Array(buffer);
  const f32 = new Float32Array(buffer);
  const f64 = new Float64Array(buffer);

  return {
    buffer,

    assignBins(values, count, bounds, missingBin, out) {
      const first = bounds >>> 2;
      const from = values >>> 2;
      for (let i = from, to = out; i < from + count; i++, to += FEATURES_PER_GROUP) {
        const value = f32[i];
        let bin = 0;
        for (let step = 128; step > 0; step >>>= 1) if (value > f32[first + bin + step - 1]) bin += step;
        u8[to] = Number.isNaN(value) ? missingBin : bin;
      }
    },

    gather(rows, count, pairs, ordered) {
      const from = rows >>> 2;
      const source = pairs >>> 2;
      let to = ordered >>> 2;
      for (let i = from; i < from + count; i++) {
        const pair = source + 2 * i32[i];
        i32[to++] = i32[pair];
        i32[to++] = i32[pair + 1];
      }
    },

    histogram(bins, rows, ordered, count, histogram) {
      const base = histogram >>> 2;
      i32.fill(0, base, base + FEATURES_PER_GROUP * BINS * 2);
      let pair = ordered >>> 2;
      const from = rows >>> 2;
      for (let i = from; i < from + count; i++) {
        const hessian = i32[pair++];
        const gradient = i32[pair++];
        const at = bins + FEATURES_PER_GROUP * i32[i];
        for (let lane = 0, slot = base; lane < FEATURES_PER_GROUP; lane++, slot += 2 * BINS) {
          const bin = slot + 2 * u8[at + lane];
          i32[bin] += hessian;
          i32[bin + 1] += gradient;
        }
      }
    },

    subtract(parent, child, pairs) {
      const a = parent >>> 2;
      const b = child >>> 2;
      for (let i = 0; i < 2 * pairs; i++) i32[a + i] -= i32[b + i];
    },

    partition(bins, rows, count, threshold, missingBin, scratch) {
      const from = rows >>> 2;
      const spare = scratch >>> 2;
      let left = from;
      let right = spare;
      for (let i = from; i < from + count; i++) {
        const row = i32[i];
        const bin = u8[bins + FEATURES_PER_GROUP * row];
        if (bin <= threshold || bin === missingBin) i32[left++] = row;
        else i32[right++] = row;
      }
      i32.copyWithin(left, spare, right);
      return left - from;
    },

    scan(
      histogram,
      valueBins,
      missing,
      hessianSum,
      gradientSum,
      hessianUnit,
      gradientUnit,
      minHessian,
      lambda,
      direction,
      lower,
      upper,
      out,
    ) {
      const base = histogram >>> 2;
      const free = direction === 0 && lower === Number.NEGATIVE_INFINITY && upper === Number.POSITIVE_INFINITY;
      const missingH = missing ? i32[base + 2 * valueBins] : 0;
      const missingG = missing ? i32[base + 2 * valueBins + 1] : 0;
      let best = Number.NEGATIVE_INFINITY;
      const result = out >>> 3;
      f64[result + 4] = missingH;
      // First with missing values on the right, then, where it makes a difference, on the left.
      for (let missingLeft = 0; missingLeft <= (missingH > 0 ? 1 : 0); missingLeft++) {
        let h = missingLeft ? missingH : 0;
        let g = missingLeft ? missingG : 0;
        const last = missingH > 0 && !missingLeft ? valueBins : valueBins - 1;
        for (let bin = 0; bin < last; bin++) {
          h += i32[base + 2 * bin];
          g += i32[base + 2 * bin + 1];
          const restH = hessianSum - h;
          if (h < minHessian) continue;
          if (restH < minHessian) break;
          const gl = g * gradientUnit;
          const gr = (gradientSum - g) * gradientUnit;
          const hl = h * hessianUnit + lambda;
          const hr = restH * hessianUnit + lambda;
          let score: number;
          if (free) {
            score = (gl * gl * hr + gr * gr * hl) / (hl * hr);
          } else {
            const wl = Math.min(Math.max(-gl / hl, lower), upper);
            const wr = Math.min(Math.max(-gr / hr, lower), upper);
            if (direction * (wr - wl) < 0) continue;
            score = -(2 * gl * wl + hl * wl * wl) - (2 * gr * wr + hr * wr * wr);
          }
          if (score > best) {
            best = score;
            f64[result] = bin;
            f64[result + 1] = missingLeft;
            f64[result + 2] = h;
            f64[result + 3] = g;
          }
        }
      }
      return best;
    },

    pairRow(score, e, v, gradient, hessian, count, ownScore, ownE, u, unit, isPositive, spread, out) {
      const [scores, es, vs, gradients, hessians] = [score >>> 3, e >>> 3, v >>> 3, gradient >>> 3, hessian >>> 3];
      const sign = isPositive ? 1 : -1;
      // Two sums, of even and odd positions: the order in which the compiled kernel adds.
      const pull = [0, 0];
      const curvature = [0, 0];
      for (let j = 0; j < count; j++) {
        const distance = spread ? 0.01 + (ownScore - f64[scores + j]) : 1;
        const inverse = 1 / ((ownE + f64[es + j]) * distance);
        const high = isPositive ? ownE : f64[es + j];
        const low = isPositive ? f64[es + j] : ownE;
        const lambda = Math.abs(u - f64[vs + j]) * unit * high * inverse;
        const second = lambda * low * inverse * distance;
        pull[j & 1] += lambda;
        curvature[j & 1] += second;
        f64[gradients + j] += sign * lambda;
        f64[hessians + j] += second;
      }
      f64[out >>> 3] = pull[0] + pull[1];
      f64[(out >>> 3) + 1] = curvature[0] + curvature[1];
    },
  };
}
