import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createKernel } from '../src/boosting/compiled-kernel.ts';
import { GROUP_HISTOGRAM_BYTES, type Kernel } from '../src/boosting/kernel.ts';
import { scriptedKernel } from '../src/boosting/scripted-kernel.ts';
import { Random } from '../src/random.ts';
import { FIRST_ADDRESS } from '../src/wasm-module.ts';
import { compileKernel, KERNELS } from '../wasm/compile.ts';

describe('compiled kernels', () => {
  it.each(KERNELS)('are what $source compiles to', async (kernel) => {
    const committed = readFileSync(new URL(`../src/${kernel.target}`, import.meta.url), 'utf8');
    expect(await compileKernel(kernel)).toBe(committed);
  });

  it('run here', () => {
    expect(createKernel(1).buffer.byteLength).toBe(65536);
  });

  it('give the bits of the scripted ones', () => {
    const rows = 1001;
    const run = (kernel: Kernel) => {
      const random = new Random(4);
      let next = FIRST_ADDRESS;
      const place = (bytes: number) => {
        next += Math.ceil(bytes / 8) * 8;
        return next - Math.ceil(bytes / 8) * 8;
      };
      const [values, bounds, bins, rowList] = [place(4 * rows), place(1024), place(8 * rows), place(4 * rows)];
      const [pairs, ordered, scratch] = [place(8 * rows), place(8 * rows), place(4 * rows)];
      const [first, second] = [place(GROUP_HISTOGRAM_BYTES), place(GROUP_HISTOGRAM_BYTES)];
      const out = place(64);
      const buffer = kernel.buffer;
      new Float32Array(buffer, values, rows).forEach((_, at, array) => {
        array[at] = random.uniform() < 0.1 ? Number.NaN : random.normal();
      });
      new Float32Array(buffer, bounds, 256).fill(Number.POSITIVE_INFINITY).set([-1, -0.5, 0, 0.25, 2]);
      for (let lane = 0; lane < 8; lane++) kernel.assignBins(values, rows, bounds, 6, bins + lane);
      const bytes = new Uint8Array(buffer, bins, 8 * rows);
      for (let at = 0; at < bytes.length; at++) if (at % 8 > 0) bytes[at] = random.below(256);
      new Int32Array(buffer, rowList, rows).forEach((_, at, array) => {
        array[at] = at;
      });
      new Int32Array(buffer, pairs, 2 * rows).forEach((_, at, array) => {
        array[at] = at % 2 ? random.below(2_000_000) - 1_000_000 : random.below(2_000_000);
      });
      const left = kernel.partition(bins, rowList, rows, 2, 6, scratch);
      kernel.gather(rowList, left, pairs, ordered);
      kernel.histogram(bins, rowList, ordered, left, second);
      kernel.gather(rowList, rows, pairs, ordered);
      kernel.histogram(bins, rowList, ordered, rows, first);
      kernel.subtract(first, second, 8 * 256);
      const scores: number[] = [];
      const sums = new Int32Array(buffer, first, 14);
      const [h, g] = [0, 1].map((part) => sums.filter((_, at) => at % 2 === part).reduce((a, b) => a + b, 0));
      const splits = [];
      for (const direction of [0, 1, -1]) {
        for (const bound of [Number.POSITIVE_INFINITY, 0.01]) {
          scores.push(kernel.scan(first, 6, 1, h, g, 2 ** -20, 2 ** -20, 1e6, 1, direction, -bound, bound, out));
          splits.push(...new Float64Array(buffer, out, 5));
        }
      }
      const doubles = new Float64Array(buffer, first, 5 * 33);
      doubles.forEach((_, at) => {
        doubles[at] = at < 99 ? random.uniform() : 0;
      });
      for (const [isPositive, spread, count] of [
        [0, 0, 33],
        [1, 1, 32],
        [1, 0, 1],
        [0, 1, 7],
      ]) {
        const [score, e, v, gradient, hessian] = [0, 1, 2, 3, 4].map((part) => first + 8 * 33 * part);
        kernel.pairRow(score, e, v, gradient, hessian, count, 1.5, 0.3, 0.7, 0.9, isPositive, spread, out);
        scores.push(...new Float64Array(buffer, out, 2));
      }
      return { left, scores, splits, memory: new Uint8Array(buffer, 0, next).slice() };
    };
    const compiled = run(createKernel(1_000_000));
    expect(compiled.left).toBeGreaterThan(100);
    expect(compiled.scores.filter(Number.isFinite).length).toBeGreaterThan(10);
    expect(run(scriptedKernel(1_000_000))).toEqual(compiled);
  });
});
