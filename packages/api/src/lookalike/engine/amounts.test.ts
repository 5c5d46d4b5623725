import { expect, test } from 'vitest';
import { amountSpread, logAmounts } from './amounts.ts';

const LEVELS = Float64Array.from({ length: 200 }, (_, at) => Math.expm1(4 + at / 20));

/** One user buys at one brand every day, with log amounts given as levels of width 0.05. */
function spreadOf(level: Uint8Array, day: number): number {
  const brandAmount = Float32Array.of(logAmounts(LEVELS)[100]);
  const transactions = {
    offsets: Int32Array.of(0, level.length),
    day: Uint16Array.from(level, (_, at) => at),
    brand: new Int32Array(level.length),
    online: new Uint8Array(level.length),
    level,
  };
  return amountSpread({ transactions, amountLevels: LEVELS }, day, brandAmount, new Float32Array(1));
}

/** About normal, by the sum of twelve uniform numbers. */
function normalLevels(count: number, deviation: number): Uint8Array {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  return Uint8Array.from({ length: count }, () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
    return 100 + Math.round((sum * deviation) / 0.05);
  });
}

test('the spread of many amounts is their deviation, and absurd ones do not move it', () => {
  const levels = normalLevels(20_000, 0.8);
  expect(spreadOf(levels, 20_000)).toBeCloseTo(0.8, 1);
  const absurd = levels.map((level, at) => (at % 50 === 0 ? 199 : level));
  expect(Math.abs(spreadOf(absurd, 20_000) - spreadOf(levels, 20_000))).toBeLessThan(0.05);
});

test('without amounts the usual spread is believed, and amounts of later days do not count', () => {
  expect(spreadOf(new Uint8Array(0), 10)).toBe(0.5);
  expect(spreadOf(normalLevels(5000, 1.5), 0)).toBe(0.5);
  expect(spreadOf(new Uint8Array(1000).fill(255), 1000)).toBe(0.5);
});

test('equal amounts leave a spread above zero', () => {
  expect(spreadOf(new Uint8Array(50_000).fill(100), 50_000)).toBe(0.05);
});
