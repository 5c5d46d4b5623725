import { expect, it } from 'vitest';
import { oneOf, wholeNumber } from './options.ts';

it('takes whole numbers from the least on and refuses what would run for nothing', () => {
  expect(wholeNumber('count', '10000', 1)).toBe(10_000);
  for (const text of ['x', '', ' ', '1.5', '-1', '0', 'Infinity', '1e999']) {
    expect(() => wholeNumber('count', text, 1)).toThrow(/^--count must be a whole number of at least 1/);
  }
});

it('names the choices', () => {
  expect(oneOf('size', 'tiny', ['tiny', 'small'])).toBe('tiny');
  expect(() => oneOf('size', 'huge', ['tiny', 'small'])).toThrow('--size must be one of tiny, small, not "huge"');
});
