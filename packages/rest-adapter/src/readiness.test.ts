import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres, startPostgres, type ThrowawayPostgres } from '@kindred/api/test/throwaway-postgres.ts';
import { findRedis, startRedis, type ThrowawayRedis } from '@kindred/api/test/throwaway-redis.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, type MainProcess, startMain } from './test/start-main.ts';

const installed = { postgres: findPostgres(), redis: findRedis() };
const ROLES = ['all', 'api', 'worker'] as const;

/** Each role as a process of its own; SKIPPED where no PostgreSQL or no Redis is installed. The tests go on from each other. */
describe.skipIf(!installed.postgres || !installed.redis)('probes', () => {
  let postgres: ThrowawayPostgres | undefined;
  let redis: ThrowawayRedis;
  let dataDir: string;
  const processes: MainProcess[] = [];
  const urls: Record<string, string> = {};

  beforeAll(async () => {
    if (!installed.postgres || !installed.redis) return;
    [postgres, redis] = await Promise.all([startPostgres(installed.postgres), startRedis(installed.redis)]);
    dataDir = await mkdtemp(join(tmpdir(), 'kindred-probes-'));
    for (const role of ROLES) {
      const child = startMain({
        KINDRED_DATA: dataDir,
        KINDRED_ROLE: role,
        DATABASE_URL: postgres.url,
        REDIS_URL: redis.url,
      });
      processes.push(child);
      urls[role] = await addressOf(child, role === 'worker' ? /takes jobs; (\S+) answers/ : /listens at (\S+)/);
    }
  }, 120_000);
  afterAll(async () => {
    for (const child of processes) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await redis?.kill();
    await postgres?.stop();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  });

  async function ask(role: string, path: string): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${urls[role]}${path}`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it.each(ROLES)('of the role %s say that all is well, and what "all" is', async (role) => {
    for (const path of ['/live', '/ready'])
      expect(await ask(role, path)).toEqual({ status: 200, body: { status: 'ok' } });
    const { checks } = (await ask(role, '/ready?verbose')).body;
    expect(checks).toEqual({
      database: { status: 'ok', message: 'answers' },
      migrations: { status: 'ok', message: 'are done' },
      objects: { status: 'ok', message: 'the store answers' },
      events: { status: 'ok', message: 'reach other processes' },
      ...(role === 'worker' ? {} : { model: { status: 'ok', message: 'there is none yet' } }),
    });
  });

  it('name Redis where it is gone, without which the service goes on, and take notice when it is back', async () => {
    await redis.kill();
    for (const role of ROLES) {
      await expect
        .poll(() => ask(role, '/ready?verbose'), { timeout: 10_000, interval: 100 })
        .toMatchObject({ status: 200, body: { status: 'ok', checks: { events: { status: 'degraded' } } } });
      expect((await ask(role, '/live')).status).toBe(200);
    }
    await redis.start();
    for (const role of ROLES) {
      await expect
        .poll(() => ask(role, '/ready?verbose'), { timeout: 10_000, interval: 100 })
        .toMatchObject({ status: 200, body: { checks: { events: { status: 'ok' } } } });
    }
  });

  it('tell a process that waits for its database from one that is dead', async () => {
    await postgres?.stop();
    postgres = undefined;
    for (const role of ROLES) {
      await expect
        .poll(() => ask(role, '/ready'), { timeout: 10_000, interval: 100 })
        .toMatchObject({
          status: 503,
          body: {
            error: {
              code: 'NOT_READY',
              message: expect.stringContaining('database: does not answer'),
              details: {
                checks: {
                  database: { status: 'failed' },
                  migrations: { status: 'failed' },
                  objects: { status: 'ok' },
                  events: { status: 'ok' },
                },
              },
            },
          },
        });
      expect(await ask(role, '/live')).toEqual({ status: 200, body: { status: 'ok' } });
    }
    for (const child of processes) expect(child.printed.match(/not ready: database/g)).toHaveLength(1);
  });
});
