import { exponential } from './exponential.ts';
import type { LinearAlgebraExports } from './kernel.ts';

const STRIP = 128;

/** The twin of wasm/linear-algebra.ts, sum by sum in the same order. */
export function scriptedExports(buffer: ArrayBuffer): LinearAlgebraExports {
  const numbers = new Float64Array(buffer);
  const words = new Uint32Array(buffer);
  const exports: LinearAlgebraExports = {
    center(xAddress, width, rows, meansAddress) {
      const [x, means] = [xAddress / 8, meansAddress / 8];
      for (let at = 0; at < rows * width; at++) numbers[x + at] -= numbers[means + (at % width)];
    },
    centeredGram(x, width, rows, means, out, sums) {
      exports.center(x, width, rows, means);
      for (let at = 0; at < rows * width; at++) numbers[sums / 8 + (at % width)] += numbers[x / 8 + at];
      exports.gram(x, width, rows, out);
    },
    centeredProduct(task, from, to, means) {
      const [inner, A] = [words[(task + 4) / 4], words[(task + 16) / 4]];
      exports.center(A + from * inner, inner / 8, to - from, means);
      exports.product(task, from, to);
    },
    gram(xAddress, width, rows, outAddress) {
      const [x, out] = [xAddress / 8, outAddress / 8];
      for (let from = 0; from < rows; from += STRIP) {
        const to = Math.min(rows, from + STRIP);
        for (let i = 0; i < width; i++) {
          for (let j = i - (i % 4); j < width; j++) {
            let sum = 0;
            for (let row = from; row < to; row++) sum += numbers[x + row * width + i] * numbers[x + row * width + j];
            numbers[out + i * width + j] += sum;
          }
        }
      }
    },
    product(task, from, to) {
      const word = (bytes: number) => words[(task + bytes) / 4];
      const [inner, panels, stride] = [word(4) / 8, word(8), word(12) / 8];
      const [A, B, C, lengthsA, lengthsB] = [16, 20, 24, 28, 32].map((bytes) => word(bytes) / 8);
      const gamma = numbers[(task + 40) / 8];
      for (let row = from; row < to; row++) {
        for (let column = 0; column < 4 * panels; column++) {
          let b = B + Math.floor(column / 4) * inner * 4 + (column % 4);
          let sum = 0;
          for (let at = 0; at < inner; at++, b += 4) sum += numbers[A + row * inner + at] * numbers[b];
          if (gamma !== 0) {
            const square = numbers[lengthsA + row] + numbers[lengthsB + column] - (sum + sum);
            sum = exponential(-gamma * Math.max(square, 0));
          }
          numbers[C + row * stride + column] = sum;
        }
      }
    },
  };
  return exports;
}
