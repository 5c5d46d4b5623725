import { expect, it } from 'vitest';
import { waterfallBars } from './waterfall.ts';

const words = {
  base: 'base',
  score: 'score',
  others: (count: number) => `${count} others`,
  feature: (name: string) => name,
};

it('goes from the base to the score without a gap, and puts the smallest steps together', () => {
  const contributions = Array.from({ length: 15 }, (_, at) => ({ feature: `f${at}`, impact: at % 2 ? -0.1 : 0.3 }));
  const rawScore = contributions.reduce((sum, { impact }) => sum + impact, -3);
  const bars = waterfallBars({ baseValue: -3, rawScore, contributions }, words);
  expect(bars.map(({ label }) => label)).toEqual([
    'base',
    ...contributions.slice(0, 12).map(({ feature }) => feature),
    '3 others',
    'score',
  ]);
  let level = bars[0]?.value ?? 0;
  for (const { from, value } of bars.slice(1, -1)) {
    expect(from).toBeCloseTo(level, 12);
    level += value;
  }
  expect(bars.at(-1)).toMatchObject({ total: true });
  expect(level).toBeCloseTo(bars.at(-1)?.value ?? 0, 12);
});

it('leaves out what moves nothing', () => {
  const contributions = [
    { feature: 'a', impact: 1 },
    { feature: 'b', impact: 0 },
  ];
  expect(waterfallBars({ baseValue: 0, rawScore: 1, contributions }, words).map(({ label }) => label)).toEqual([
    'base',
    'a',
    'score',
  ]);
});
