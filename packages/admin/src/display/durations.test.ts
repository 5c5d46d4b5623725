import { expect, it } from 'vitest';
import { ago, duration } from './durations.ts';

const NOW = Date.parse('2026-11-27T12:00:00Z');

it.each([
  ['2026-11-27T11:59:20Z', '40 seconds ago'],
  ['2026-11-27T11:57:00Z', '3 minutes ago'],
  ['2026-11-26T12:00:00Z', 'yesterday'],
  ['2026-11-27T14:00:00Z', 'in 2 hours'],
])('%s is %s', (at, text) => {
  expect(ago(at, NOW, 'en')).toBe(text);
});

it('tells times in the language', () => {
  expect(ago('2026-11-27T11:57:00Z', NOW, 'ru')).toBe('3 минуты назад');
  expect(duration(200, 'ru')).toBe('3 мин 20 с');
});

it.each([
  [4.23, '4.2 sec'],
  [59.4, '59 sec'],
  [200, '3 min 20 sec'],
  [7500, '2 hr 5 min'],
  [90_000, '1 day 1 hr'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds, 'en')).toBe(text);
});
