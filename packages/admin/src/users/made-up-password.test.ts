import { expect, it } from 'vitest';
import { madeUpPassword } from './made-up-password.ts';

it('makes up another password each time, of signs that nobody mistakes for others', () => {
  const made = Array.from({ length: 200 }, madeUpPassword);
  expect(new Set(made).size).toBe(200);
  for (const password of made) expect(password).toMatch(/^([a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}$/);
  expect(new Set(made.join('').replaceAll('-', '')).size).toBe(32);
});
