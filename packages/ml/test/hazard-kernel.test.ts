import { describe, expect, it } from 'vitest';
import { Random } from '../src/random.ts';
import { createHazardKernel } from '../src/recommendation/compiled-hazard-kernel.ts';
import type { HazardKernel } from '../src/recommendation/hazard-kernel.ts';
import { scriptedHazardKernel } from '../src/recommendation/scripted-hazard-kernel.ts';
import { FIRST_ADDRESS } from '../src/wasm-module.ts';

const BYTES = 300_000;

describe('hazard kernels', () => {
  it('compiled ones run here', () => {
    expect(createHazardKernel(1).buffer.byteLength).toBe(65536);
  });

  it.each([createHazardKernel, scriptedHazardKernel])('take exponentials to seven digits', (create) => {
    const kernel = create(BYTES);
    const numbers = new Float32Array(kernel.buffer);
    const [users, offsets, items, out] = [FIRST_ADDRESS, FIRST_ADDRESS + 64, FIRST_ADDRESS + 128, 100_000];
    // Four users of activity zero; the items' popularity is the argument, the offset is one of zeros further on.
    new Uint32Array(kernel.buffer, offsets, 4).fill(250_000);
    const count = 8000;
    const argument = (at: number) => Math.fround(-80 + (84 * at) / count);
    for (let at = 0; at < count; at++) numbers[items / 4 + at] = argument(at);
    kernel.hazards(users, 1, offsets, items, 4 * count, 0, 1, count, 3, out, 4 * count);
    let worst = 0;
    for (let at = 0; at < count; at++) {
      const right = Math.exp(Math.min(argument(at), 3));
      worst = Math.max(worst, Math.abs(numbers[out / 4 + at] / right - 1));
    }
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(3e-7);
  });

  it.each([1, 2, 9, 12])('give the bits of the scripted ones at a width of %i', (width) => {
    const run = (kernel: HazardKernel) => {
      const random = new Random(width);
      const [users, itemCount] = [9, 29];
      let next = FIRST_ADDRESS;
      const place = (bytes: number) => {
        next += Math.ceil(bytes / 16) * 16;
        return next - Math.ceil(bytes / 16) * 16;
      };
      const panels = Math.ceil((width * (width + 1)) / 16);
      const [userVectors, items, offsets] = [place(48 * width), place(4 * 32 * width), place(2 * 4 * 32)];
      const numbers = new Float32Array(kernel.buffer);
      for (let at = FIRST_ADDRESS / 4; at < next / 4; at++) numbers[at] = random.normal();
      const [rows, out, products] = [place(48), place(12 * 4 * 32), place(panels * 32 * 32)];
      const sums = place(32 * panels * 64);
      new Uint32Array(kernel.buffer, rows, 12).forEach((_, at, array) => {
        array[at] = offsets + 128 * (at % 2);
      });
      kernel.hazards(userVectors, width, rows, items, 128, 0, users, itemCount, 3, out, 128);
      kernel.products(items, 4, 128, itemCount, width, products, 1024);
      kernel.accumulate(out, 128, 4, users, itemCount, products, 1024, panels, sums);
      const ofUsers = new Float64Array(kernel.buffer, sums, 32 * panels * 8).slice();
      kernel.products(userVectors, 4 * width, 4, users, width, products, 1024);
      kernel.accumulate(out, 4, 128, itemCount, users, products, 1024, panels, sums);
      return { ofUsers, memory: new Uint8Array(kernel.buffer, FIRST_ADDRESS, next - FIRST_ADDRESS).slice() };
    };
    const compiled = run(createHazardKernel(BYTES));
    expect(compiled.ofUsers.every(Number.isFinite)).toBe(true);
    expect(compiled.ofUsers[0]).toBeGreaterThan(0);
    expect(run(scriptedHazardKernel(BYTES))).toEqual(compiled);
  });
});
