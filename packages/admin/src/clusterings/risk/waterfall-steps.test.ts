import { expect, it } from 'vitest';
import { waterfallSteps } from './waterfall-steps.ts';

const CONTRIBUTIONS = [
  { feature: 'a', value: 1, contribution: 0.1 },
  { feature: 'b', value: 2, contribution: -0.3 },
  { feature: 'c', value: 3, contribution: 0.02 },
  { feature: 'd', value: 4, contribution: 0.01 },
];

it('leads from the base to the score, the longest steps first, the smallest as one', () => {
  const { steps, others } = waterfallSteps(0.5, CONTRIBUTIONS, 2);
  expect(steps.map(({ name }) => name)).toEqual(['b', 'a', '']);
  expect(others).toBe(2);
  expect(steps[0]?.from).toBe(0.5);
  for (const [at, step] of steps.entries()) if (at > 0) expect(step.from).toBe(steps[at - 1]?.to);
  expect(steps.at(-1)?.to).toBeCloseTo(0.33, 12);
});

it('has no step for a rest that there is not', () => {
  expect(waterfallSteps(0.5, CONTRIBUTIONS, 10)).toMatchObject({ others: 0, steps: { length: 4 } });
});
