import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DomainError } from '@kindred/api/errors.ts';
import Koa from 'koa';
import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { answerErrors } from './answer-errors.ts';
import { logRefusals } from './refusal-log.ts';

it('outages that refuse requests are told at once, then counted, and other refusals are not', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const lines: { code?: string }[] = [];
  const logger = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
  const app = new Koa().use(logRefusals(logger)).use(answerErrors(logger));
  app.use(({ path }) => {
    throw new DomainError(path === '/full' ? 'STORAGE_FULL' : 'NOT_FOUND', 'refused');
  });
  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const ask = async (path: string) => {
      await (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)).text();
      return lines.length;
    };
    expect(await ask('/elsewhere')).toBe(0);
    expect([await ask('/full'), await ask('/full'), await ask('/full')]).toEqual([1, 1, 1]);
    vi.advanceTimersByTime(11_000);
    expect(await ask('/full')).toBe(2);
    const line = { level: 40, code: 'REQUESTS_REFUSED', reason: 'STORAGE_FULL', path: '/full' };
    expect(lines).toMatchObject([
      { ...line, requests: 1 },
      { ...line, requests: 3 },
    ]);
  } finally {
    server.closeAllConnections();
    server.close();
    vi.useRealTimers();
  }
});
