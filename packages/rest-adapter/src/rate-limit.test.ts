import type { Context } from 'koa';
import { expect, it } from 'vitest';
import { RestError } from './error-map.ts';
import { rateLimit } from './rate-limit.ts';

it('lets an address have its rate and a burst of twice that, and others theirs', async () => {
  let time = 0;
  const limit = rateLimit(5, () => time);
  const ask = async (remoteAddress: string, path = '/status') => {
    const context = { path, req: { socket: { remoteAddress } }, set: () => undefined } as unknown as Context;
    try {
      await limit(context as never, async () => undefined);
      return 200;
    } catch (error) {
      return error instanceof RestError ? error.status : error;
    }
  };
  const many = (count: number, address: string) => Promise.all(Array.from({ length: count }, () => ask(address)));
  expect((await many(12, 'a')).filter((status) => status === 200)).toHaveLength(10);
  expect(await ask('a')).toBe(429);
  expect([await ask('b'), await ask('a', '/ready')]).toEqual([200, 200]);
  time += 1000;
  expect((await many(12, 'a')).filter((status) => status === 200)).toHaveLength(5);
});
