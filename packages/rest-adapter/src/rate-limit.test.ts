import type { Context } from 'koa';
import { expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';
import { RestError } from './error-map.ts';
import { rateLimit } from './rate-limit.ts';

it('lets an address have its rate and a burst of twice that, and others theirs', async () => {
  let time = 0;
  const limit = rateLimit(5, clientAddress([]), () => time);
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

it('counts clients behind a trusted proxy each for themselves, and others by their connection', async () => {
  const limit = rateLimit(1, clientAddress(['10.0.0.1']), () => 0);
  const allowed = async (remoteAddress: string, client: string) => {
    const req = { socket: { remoteAddress }, headers: { 'x-forwarded-for': client } };
    const context = { path: '/status', req, set: () => undefined } as unknown as Context;
    return Promise.resolve(limit(context as never, async () => undefined)).then(
      () => true,
      () => false,
    );
  };
  const answers = [];
  for (const client of ['a', 'a', 'a', 'b'].map((name) => `203.0.113.${name.charCodeAt(0)}`))
    answers.push([await allowed('10.0.0.1', client), await allowed('10.0.0.2', client)]);
  expect(answers).toEqual([
    [true, true],
    [true, true],
    [false, false],
    [true, false],
  ]);
});
