import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type App, createApp } from '../../app.ts';
import { commitVersion } from '../../datasets/dataset.operations.ts';
import { type OpenServices, openServices } from '../../graphql/services.ts';
import { getJob } from '../../jobs/job.operations.ts';
import { promoteModel } from '../../models/model.operations.ts';
import { ModelVersion } from '../../models/model-version.entity.ts';
import { createTestApp, type TestApp } from '../../test/create-test-app.ts';
import { findPostgres, startPostgres, type ThrowawayPostgres } from '../../test/throwaway-postgres.ts';
import { findRedis, startRedis, type ThrowawayRedis } from '../../test/throwaway-redis.ts';
import { bankWithOffers } from '../fixtures/bank-world.ts';
import type { Bank, BankOptions } from '../fixtures/small-bank.ts';
import { LOOKALIKE } from '../receive/version-ledger.ts';

const [postgresProgram, redisProgram] = [findPostgres(), findRedis()];

/** Two whole services on one PostgreSQL, one Redis and one store: SKIPPED where one of the programs is not installed. */
describe.skipIf(postgresProgram === undefined || redisProgram === undefined)('serving by several processes', () => {
  let postgres: ThrowawayPostgres;
  let redis: ThrowawayRedis;
  let test: TestApp;
  let worker: App;
  let replica: App;
  let services: { worker: OpenServices; replica: OpenServices };

  beforeAll(async () => {
    if (!postgresProgram || !redisProgram) return;
    [postgres, redis] = [await startPostgres(postgresProgram), await startRedis(redisProgram)];
    vi.stubEnv('TEST_DATABASE_URL', postgres.url);
    test = await createTestApp({}, { REDIS_URL: redis.url });
    worker = test.app;
    replica = await createApp(test.config, { logger: worker.logger });
    services = { worker: await openServices(worker), replica: await openServices(replica) };
    // The other one takes no jobs.
    await worker.start();
  });
  afterAll(async () => {
    for (const opened of Object.values(services ?? {})) await opened.close();
    await replica?.stop();
    await test?.dispose();
    await redis?.kill();
    await postgres?.stop();
    vi.unstubAllEnvs();
  });

  /** Sent to the one, committed at the other. */
  async function process(version: string, options: BankOptions): Promise<string | null | undefined> {
    const bank: Bank = bankWithOffers(options);
    for (const [table, records] of Object.entries(bank)) {
      const body = { version, table, batch_id: 1, total_batches: 1, records };
      await services.worker.receiver.receive(new Uint8Array(Buffer.from(JSON.stringify(body))));
    }
    const { result } = await services.replica.receiver.close(version, (content) =>
      commitVersion(replica, LOOKALIKE, version, content),
    );
    const job = () => getJob(replica, result.job.id);
    await expect.poll(async () => (await job()).status, { timeout: 50_000, interval: 200 }).toBe('completed');
    return (await job()).outcome;
  }

  const served = (opened: OpenServices) => opened.lookalike.follower.current?.modelVersion;

  it('a model that one trains serves at the other, and both give the same audience', async () => {
    const progress: string[] = [];
    replica.events.subscribe('stageProgress', ({ stage }) => progress.push(stage));
    expect(await process('first', {})).toBe('retrained');
    await expect.poll(() => served(services.replica), { timeout: 5000 }).toBe('1.0');
    await expect.poll(() => new Set(progress).size).toBeGreaterThan(5);
    const { offers } = services.replica.lookalike.server.world ?? {};
    if (!offers) throw new Error('nothing serves');
    const at = offers.ids.indexOf(5);
    const [here, there] = await Promise.all(
      Object.values(services).map(({ lookalike }) =>
        lookalike.server.audience(offers.merchantIds[at], offers.ids[at], 50),
      ),
    );
    expect(there).toEqual(here);
    expect(here.userIds).toHaveLength(50);
  });

  it('a promotion at one serves at the other, with Redis and without', async () => {
    expect(await process('second', { law: { amount: 1.5, online: 0.2, frequency: 1.6 }, lawFrom: 0 })).toBe(
      'retrained',
    );
    await expect.poll(() => served(services.replica), { timeout: 5000 }).toBe('2.0');
    const promotions: string[] = [];
    services.replica.core.events.subscribe('modelPromoted', ({ version }) => promotions.push(version));
    const versions = await worker.database.fork().find(ModelVersion, {}, { orderBy: { id: 'asc' } });
    await promoteModel(worker, versions[0].id, 'back to the first');
    await expect.poll(() => served(services.replica), { timeout: 5000 }).toBe('1.0');
    await expect.poll(() => promotions).toHaveLength(1);
    await redis.kill();
    await promoteModel(replica, versions[1].id, 'and to the second again');
    await expect.poll(() => served(services.worker), { timeout: 5000 }).toBe('2.0');
  });
});
