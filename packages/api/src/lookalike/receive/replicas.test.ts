import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type App, createApp } from '../../app.ts';
import { commitVersion, ensureDataset } from '../../datasets/dataset.operations.ts';
import { manifestSchema } from '../../datasets/manifest.ts';
import { contentKey } from '../../objects/object-store.ts';
import { definePipeline } from '../../pipelines/pipeline.ts';
import { createTestApp, type TestApp } from '../../test/create-test-app.ts';
import { findPostgres, startPostgres, type ThrowawayPostgres } from '../../test/throwaway-postgres.ts';
import { toyPipeline } from '../../test/toy-pipeline.ts';
import { BatchReceiver } from './batch-receiver.ts';
import { LOOKALIKE, VersionLedger } from './version-ledger.ts';

const installed = findPostgres();
const parts = { pipelines: [definePipeline({ ...toyPipeline, name: LOOKALIKE })] };

const batch = (version: string, batch_id: number, user = batch_id) =>
  new Uint8Array(
    Buffer.from(
      JSON.stringify({ version, table: 'people', batch_id, total_batches: 10_000, records: [{ user_id: user }] }),
    ),
  );

/** Two services on one database and one store: SKIPPED where no PostgreSQL is installed. */
describe.skipIf(installed === undefined)('reception by several processes', () => {
  let server: ThrowawayPostgres;
  let test: TestApp;
  let other: App;
  let receivers: [BatchReceiver, BatchReceiver];

  beforeAll(async () => {
    if (!installed) return;
    server = await startPostgres(installed);
    vi.stubEnv('TEST_DATABASE_URL', server.url);
    test = await createTestApp(parts);
    other = await createApp(test.config, { ...parts, logger: test.app.logger });
    await ensureDataset(test.app, LOOKALIKE, LOOKALIKE);
    const receiver = (app: App) =>
      new BatchReceiver({ objects: app.objects, ledger: new VersionLedger(app), threads: 1 });
    receivers = [receiver(test.app), receiver(other)];
  });
  afterAll(async () => {
    for (const receiver of receivers ?? []) await receiver.stop();
    await other?.stop();
    await test?.dispose();
    await server?.stop();
    vi.unstubAllEnvs();
  });

  async function close(receiver: BatchReceiver, app: App, version: string) {
    const { result } = await receiver.close(version, (content) => commitVersion(app, LOOKALIKE, version, content));
    const bytes = await app.objects.get(contentKey(result.version.manifestHash ?? ''));
    return manifestSchema.parse(JSON.parse(bytes.toString()));
  }

  it('a commit by one has what the other received, and both know of it', async () => {
    const [here, there] = receivers;
    for (let id = 1; id <= 6; id++) await (id % 2 ? here : there).receive(batch('both', id));
    expect((await there.receive(batch('both', 1))).duplicate).toBe(true);
    await expect(there.receive(batch('both', 1, 99))).rejects.toMatchObject({ code: 'CONFLICT' });
    const manifest = await close(there, other, 'both');
    expect(manifest.tables.people.batches.map((entry) => entry.batch_id)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await close(here, test.app, 'both')).toEqual(manifest);
    expect((await here.receive(batch('both', 2))).duplicate).toBe(true);
    await expect(here.receive(batch('both', 7))).rejects.toMatchObject({ code: 'VERSION_COMMITTED' });
  });

  it.each([0, 1, 2, 3])('no acknowledged batch is missing from a commit that races it (%i)', async (round) => {
    const version = `race ${round}`;
    const [here, there] = receivers;
    const outcomes: Promise<string>[] = [];
    const send = async () => {
      const receipt = here.receive(batch(version, outcomes.length + 1));
      outcomes.push(
        receipt.then(
          () => 'stored',
          (error: { code: string }) => error.code,
        ),
      );
      await new Promise((resolve) => setTimeout(resolve, 3));
    };
    for (let i = 0; i < 60; i++) await send();
    let over = false;
    const commit = close(there, other, version).finally(() => {
      over = true;
    });
    while (!over) await send();
    for (let i = 0; i < 10; i++) await send();
    const listed = new Set((await commit).tables.people.batches.map((entry) => entry.batch_id));
    for (const [i, outcome] of (await Promise.all(outcomes)).entries()) {
      expect(outcome).toBe(listed.has(i + 1) ? 'stored' : 'VERSION_COMMITTED');
    }
    expect(listed.size).toBeGreaterThan(10);
    expect(listed.size).toBeLessThan(outcomes.length);
  });

  it('batches whose lock was lost are not acknowledged', async () => {
    const [here] = receivers;
    await here.receive(batch('cut', 1));
    const cutting = (async () => {
      for (let i = 0; i < 40; i++) {
        await other.database
          .fork()
          .execute(
            `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and mode = 'ShareLock' and pid <> pg_backend_pid()`,
          );
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, async (_, i) => {
        await new Promise((resolve) => setTimeout(resolve, i * 3));
        return here.receive(batch('cut', i + 2));
      }),
    );
    await cutting;
    const manifest = await close(here, test.app, 'cut');
    const listed = new Set(manifest.tables.people.batches.map((entry) => entry.batch_id));
    outcomes.forEach((outcome, i) => {
      if (outcome.status === 'fulfilled') expect(listed.has(i + 2)).toBe(true);
    });
    // The senders of the others come again, and are told that these are here.
    expect(outcomes.some((outcome) => outcome.status === 'rejected')).toBe(true);
  });
});
