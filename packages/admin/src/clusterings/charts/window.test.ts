import { expect, it } from 'vitest';
import { moved, ticks, widened, zoomed } from './window.ts';

const WHOLE = { x: [0, 100], y: [-1, 1] } as const;

it('keeps the place under the pointer when it goes nearer', () => {
  const near = zoomed(WHOLE, WHOLE, 0.5, [0.25, 0.5]);
  expect(near.x).toEqual([12.5, 62.5]);
  // A quarter of the way is 25 before and after.
  expect(near.x[0] + 0.25 * (near.x[1] - near.x[0])).toBe(25);
  expect(near.y).toEqual([-0.5, 0.5]);
});

it('goes no farther than twice the whole and no nearer than can be told apart', () => {
  const far = zoomed(WHOLE, WHOLE, 100);
  expect(far.x[1] - far.x[0]).toBe(200);
  const near = zoomed(WHOLE, WHOLE, 1e-30);
  expect(near.x[1] - near.x[0]).toBeCloseTo(1e-7, 12);
});

it('moves and widens by shares of what is seen', () => {
  expect(moved(WHOLE, 0.1, -0.5)).toEqual({ x: [10, 110], y: [-2, 0] });
  expect(widened(WHOLE, 0.25)).toEqual({ x: [-25, 125], y: [-1.5, 1.5] });
});

it('has round ticks', () => {
  expect(ticks([0, 100], 5).map(([, text]) => text)).toEqual(['0', '20', '40', '60', '80', '100']);
  expect(ticks([0.1, 0.32], 4).map(([, text]) => text)).toEqual(['0.1', '0.2', '0.3']);
});
