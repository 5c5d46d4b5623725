import { expect, it } from 'vitest';
import { newtonStep, triangleRow } from './newton-step.ts';

/** A = L L' of a lower triangle L, and A times a vector. */
const L = [[2], [1, 3], [-1, 0.5, 1]];
const full = (i: number, j: number) => L[i].reduce((sum, value, k) => sum + value * (L[j][k] ?? 0), 0);

function solved(solution: readonly number[]): Float64Array {
  const hessian = new Float64Array(8);
  for (let i = 0; i < 3; i++) for (let j = 0; j <= i; j++) hessian[2 + triangleRow(i) + j] = full(i, j);
  const gradient = Float64Array.from(L, (_, i) => solution.reduce((sum, x, j) => sum + x * full(i, j), 0));
  const target = Float64Array.of(9, 10, 20, 30);
  newtonStep(hessian, 2, gradient, target, 1);
  return target;
}

it('moves by the solution', () => {
  const target = solved([0.5, -0.25, 1]);
  [9, 10.5, 19.75, 31].forEach((value, at) => {
    expect(target[at]).toBeCloseTo(value, 12);
  });
});

it('keeps the direction of a step that is too long', () => {
  const target = solved([-6, 12, 3]);
  [9, 9.4, 21.2, 30.3].forEach((value, at) => {
    expect(target[at]).toBeCloseTo(value, 12);
  });
});
