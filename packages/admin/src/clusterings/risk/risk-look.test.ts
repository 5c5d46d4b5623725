import { expect, it } from 'vitest';
import { bandOf } from './risk-look.ts';

it.each([
  [0, 'green'],
  [0.4999, 'green'],
  [0.5, 'yellow'],
  [0.75, 'red'],
  [1, 'red'],
])('a score of %d is %s', (score, band) => {
  expect(bandOf(score, { yellowFrom: 0.5, redFrom: 0.75 })).toBe(band);
});

it('knows no yellow where both thresholds are one', () => {
  expect([0.59, 0.6].map((score) => bandOf(score, { yellowFrom: 0.6, redFrom: 0.6 }))).toEqual(['green', 'red']);
});
