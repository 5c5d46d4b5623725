import type { HazardKernel } from './hazard-kernel.ts';

/** The kernels in plain TypeScript: what runs where WebAssembly does not, and what the compiled kernels are tested against. */
export function scriptedHazardKernel(bytes: number): HazardKernel {
  const buffer = new ArrayBuffer(Math.ceil(bytes / 8) * 8);
  const u32 = new Uint32Array(buffer);
  const i32 = new Int32Array(buffer);
  const f32 = new Float32Array(buffer);
  const f64 = new Float64Array(buffer);

  return {
    buffer,

    hazards(users, width, offsets, items, itemBytes, first, userCount, itemCount, largest, out, outBytes) {
      const rows = Math.ceil(userCount / 4) * 4;
      const columns = Math.ceil(itemCount / 8) * 8;
      const stride = itemBytes >>> 2;
      for (let u = 0; u < rows; u++) {
        const user = (users >>> 2) + u * width;
        const offset = (u32[(offsets >>> 2) + u] + first) >>> 2;
        const item = (items + first) >>> 2;
        const to = (out + u * outBytes) >>> 2;
        for (let i = 0; i < columns; i++) {
          f32[to + i] = fround(fround(f32[item + i] + f32[offset + i]) + f32[user]);
        }
        for (let k = 1; k < width; k++) {
          const x = f32[user + k];
          const factor = item + k * stride;
          for (let i = 0; i < columns; i++) f32[to + i] += fround(x * f32[factor + i]);
        }
        for (let i = to; i < to + columns; i++) exponential(f32, i32, i, largest);
      }
    },

    products(vectors, vectorBytes, factorBytes, count, width, out, panelBytes) {
      let column = 0;
      for (let k = 0; k < width; k++) {
        for (let l = 0; l <= k; l++, column++) {
          let to = (out + (column >>> 3) * panelBytes + 4 * (column & 7)) >>> 2;
          let a = (vectors + k * factorBytes) >>> 2;
          let b = (vectors + l * factorBytes) >>> 2;
          for (let i = 0; i < count; i++, to += 8, a += vectorBytes >>> 2, b += vectorBytes >>> 2) {
            f32[to] = (k > 0 ? f32[a] : 1) * (l > 0 ? f32[b] : 1);
          }
        }
      }
    },

    accumulate(hazards, rowBytes, columnBytes, rows, count, products, panelBytes, panels, sums) {
      const sum = new Float32Array(8);
      for (let row = 0; row < Math.ceil(rows / 4) * 4; row++) {
        for (let panel = 0; panel < panels; panel++) {
          let e = (hazards + row * rowBytes) >>> 2;
          let p = (products + panel * panelBytes) >>> 2;
          sum.fill(0);
          for (let column = 0; column < count; column++, e += columnBytes >>> 2, p += 8) {
            const hazard = f32[e];
            for (let lane = 0; lane < 8; lane++) sum[lane] += fround(hazard * f32[p + lane]);
          }
          const to = (sums >>> 3) + (row * panels + panel) * 8;
          for (let lane = 0; lane < 8; lane++) f64[to + lane] += sum[lane];
        }
      }
    },
  };
}

const { fround } = Math;

const SMALLEST = -80;
const PER_OCTAVE = fround(Math.LOG2E);
/** Adding and subtracting it rounds to an integer, which the lowest bits of the sum show. */
const ROUNDER = 12582912;
/** ln 2 in two parts, the first short enough for its products to be exact. */
const OCTAVE_HIGH = 0.693359375;
const OCTAVE_LOW = fround(Math.LN2 - OCTAVE_HIGH);
const [C6, C5, C4, C3] = [1 / 720, 1 / 120, 1 / 24, 1 / 6].map(fround);

/**
 * f32[at] becomes its exponential, by Taylor's polynomial of degree six within half an octave of a power of two. Above
 * `largest` it stays at that of `largest`.
 */
function exponential(f32: Float32Array, i32: Int32Array, at: number, largest: number): void {
  const x = fround(Math.max(Math.min(f32[at], largest), SMALLEST));
  const shifted = fround(fround(x * PER_OCTAVE) + ROUNDER);
  const octaves = fround(shifted - ROUNDER);
  const r = fround(fround(x - fround(octaves * OCTAVE_HIGH)) - fround(octaves * OCTAVE_LOW));
  let p = fround(fround(C6 * r) + C5);
  p = fround(fround(p * r) + C4);
  p = fround(fround(p * r) + C3);
  p = fround(fround(p * r) + 0.5);
  p = fround(fround(p * r) + 1);
  f32[at] = fround(fround(p * r) + 1);
  // The polynomial's exponent field is raised by the number of octaves.
  i32[at] += octaves << 23;
}
