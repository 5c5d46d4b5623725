import { expect, it } from 'vitest';
import { checkPassword, hashPassword, isPassword, madeUpPassword } from './password.ts';

it('knows a password by its hash, which names its cost and has a salt of its own', async () => {
  const [hash, again] = await Promise.all([
    hashPassword('correct horse battery'),
    hashPassword('correct horse battery'),
  ]);
  expect(hash).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  expect(again).not.toBe(hash);
  expect(await isPassword('correct horse battery', hash)).toBe(true);
  expect(await isPassword('correct horse batterY', hash)).toBe(false);
  // One that was made at a lower cost goes on working.
  const [, , , , salt] = 'scrypt$10$8$1$c2FsdHNhbHRzYWx0c2FsdA$'.split('$');
  expect(await isPassword('x', `scrypt$10$8$1$${salt}$${'A'.repeat(43)}`)).toBe(false);
});

it('lets nobody in without a hash, not even by the one that it works with instead', async () => {
  expect(await isPassword('', undefined)).toBe(false);
});

it('the same signs are the same password, however a keyboard composes them', async () => {
  expect(await isPassword('zoe\u0308 and twelve', await hashPassword('zo\u00eb and twelve'))).toBe(true);
});

it('wants twelve characters, and makes up better ones', () => {
  expect(() => checkPassword('elevensigns', 'next')).toThrow(/12/);
  expect(() => checkPassword('x'.repeat(1025), 'next')).toThrow();
  const made = new Set(Array.from({ length: 100 }, madeUpPassword));
  expect(made.size).toBe(100);
  for (const password of made) expect(password).toMatch(/^[a-km-np-z2-9]{24}$/);
});
