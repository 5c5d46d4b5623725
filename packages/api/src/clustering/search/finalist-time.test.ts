import { expect, it } from 'vitest';
import { closingSeconds, expectedSeconds, mayBegin } from './finalist-time.ts';

it('a fit to all rows is expected to take as many times its model as the fit to the sample took, within bounds', () => {
  const modelled = { sample: 0.5, whole: 10 };
  expect(expectedSeconds({ modelled, took: 0.5, resamples: 0 })).toBe(10);
  expect(expectedSeconds({ modelled, took: 1, resamples: 0 })).toBe(20);
  expect(expectedSeconds({ modelled, took: 50, resamples: 0 })).toBe(40);
  expect(expectedSeconds({ modelled, took: 0.001, resamples: 0 })).toBe(2.5);
  expect(expectedSeconds({ modelled: { sample: 0.5, whole: 0 }, took: 0.5, resamples: 10 })).toBeCloseTo(6, 12);
});

it('a finalist begins in the first half of what is left, and one put off where it most likely ends in time', () => {
  expect(mayBegin(5, 10, false)).toBe(true);
  expect(mayBegin(5.1, 10, false)).toBe(false);
  expect(mayBegin(5.1, 10, true)).toBe(true);
  expect(mayBegin(8.1, 10, true)).toBe(false);
  expect(mayBegin(0.1, 0, true)).toBe(false);
  expect(mayBegin(1e9, Number.POSITIVE_INFINITY, false)).toBe(true);
});

it('a little of the budget is kept for what comes after', () => {
  expect([closingSeconds(10), closingSeconds(600)]).toEqual([0.5, 2]);
});
