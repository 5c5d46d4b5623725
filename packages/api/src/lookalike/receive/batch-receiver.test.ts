import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { commitVersion, ensureDataset, findVersion } from '../../datasets/dataset.operations.ts';
import { manifestSchema } from '../../datasets/manifest.ts';
import { contentKey } from '../../objects/object-store.ts';
import { definePipeline } from '../../pipelines/pipeline.ts';
import { createTestApp, type TestApp } from '../../test/create-test-app.ts';
import { toyPipeline } from '../../test/toy-pipeline.ts';
import { BatchReceiver } from './batch-receiver.ts';
import { LOOKALIKE, VersionLedger } from './version-ledger.ts';

const bytes = (value: unknown) => new Uint8Array(Buffer.from(JSON.stringify(value)));
const batch = (version: string, table: string, batch_id: number, total_batches: number, records: unknown[]) =>
  bytes({ version, table, batch_id, total_batches, records });
const rows = (from: number, count: number) => Array.from({ length: count }, (_, i) => ({ user_id: from + i }));

describe('the batch receiver', () => {
  let test: TestApp;
  const running: BatchReceiver[] = [];

  beforeAll(async () => {
    // Never started: what is queued stays queued.
    test = await createTestApp({ pipelines: [definePipeline({ ...toyPipeline, name: LOOKALIKE })] });
    await ensureDataset(test.app, LOOKALIKE, LOOKALIKE);
  });
  afterEach(() => Promise.all(running.splice(0).map((receiver) => receiver.stop())));
  afterAll(() => test.dispose());

  async function receiver(): Promise<BatchReceiver> {
    const made = new BatchReceiver({
      objects: test.app.objects,
      ledger: new VersionLedger(test.app),
      threads: 1,
      onError: (error) => console.error(error),
    });
    running.push(made);
    await made.start();
    return made;
  }

  /** Closes a version as the mutation does, and reads what was stored. */
  async function close(service: BatchReceiver, name: string) {
    const { tables, result } = await service.close(name, (content) =>
      commitVersion(test.app, LOOKALIKE, name, content),
    );
    const bytes = await test.app.objects.get(contentKey(result.version.manifestHash ?? ''));
    return { tables, result: manifestSchema.parse(JSON.parse(bytes.toString())) };
  }

  it('takes batches in any order at once and puts each into the manifest, sorted', async () => {
    const service = await receiver();
    const order = [3, 1, 5, 2, 4];
    const receipts = await Promise.all(
      order.map((id) => service.receive(batch('order', 'people', id, 5, rows(id, 3)))),
    );
    expect(receipts.map((receipt) => [receipt.batchId, receipt.duplicate])).toEqual(order.map((id) => [id, false]));
    const { tables, result } = await close(service, 'order');
    expect(tables).toEqual(['people']);
    expect(result.tables.people?.total_batches).toBe(5);
    expect(result.tables.people?.batches.map((entry) => entry.batch_id)).toEqual([1, 2, 3, 4, 5]);
  });

  it('takes a repeat as received, in other formatting too, and refuses other records under the same key', async () => {
    const service = await receiver();
    await service.receive(batch('repeat', 'people', 1, 1, [{ user_id: 1, region: 'X' }]));
    const same = await service.receive(batch('repeat', 'people', 1, 1, [{ region: 'X', user_id: 1 }]));
    expect(same.duplicate).toBe(true);
    await expect(service.receive(batch('repeat', 'people', 1, 1, rows(2, 1)))).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/"repeat".*people.*batch_id 1/),
    });
    await expect(service.receive(batch('repeat', 'people', 1, 2, [{ user_id: 1, region: 'X' }]))).rejects.toMatchObject(
      {
        code: 'CONFLICT',
      },
    );
    const { result } = await close(service, 'repeat');
    expect(result.tables.people?.batches).toMatchObject([{ batch_id: 1, records: 1 }]);
  });

  it('lets exactly one of many different writers of a key win', async () => {
    const service = await receiver();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => service.receive(batch('race', 'offer', 1, 1, rows(i, 1)))),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  });

  it('counts a batch without records as received, and lets it change nothing', async () => {
    const service = await receiver();
    expect((await service.receive(batch('empty', 'people', 1, 1, []))).duplicate).toBe(false);
    expect((await service.receive(batch('empty', 'people', 1, 1, rows(1, 2)))).duplicate).toBe(false);
    expect((await service.receive(batch('empty', 'people', 1, 1, []))).duplicate).toBe(true);
    await service.receive(batch('empty', 'receipts', 1, 1, []));
    const { tables, result } = await close(service, 'empty');
    expect(tables).toEqual(['people', 'receipts']);
    expect(result.tables.people?.batches).toMatchObject([{ records: 2 }]);
    expect(result.tables.receipts?.batches).toMatchObject([{ records: 0 }]);
  });

  it('never loses a batch that races the commit: it is in the manifest or refused', async () => {
    const service = await receiver();
    await service.receive(batch('racing', 'people', 1, 40, rows(0, 5)));
    const sent = Array.from({ length: 39 }, (_, i) =>
      service.receive(batch('racing', 'people', i + 2, 40, rows(i * 5, 5))).then(
        (receipt) => receipt.batchId,
        (error: { code: string }) => error.code,
      ),
    );
    const closed = close(service, 'racing');
    const [outcomes, { result }] = [await Promise.all(sent), await closed];
    const listed = new Set(result.tables.people?.batches.map((entry) => entry.batch_id));
    for (const [i, outcome] of outcomes.entries()) {
      if (listed.has(i + 2)) expect(outcome).toBe(i + 2);
      else expect(outcome).toBe('VERSION_COMMITTED');
    }
  });

  it('refuses new batches of a committed version and takes those that it has', async () => {
    const service = await receiver();
    const first = () => batch('closed', 'people', 1, 2, rows(1, 2));
    await service.receive(first());
    await close(service, 'closed');
    for (const late of [service, await receiver()]) {
      expect((await late.receive(first())).duplicate).toBe(true);
      expect((await late.receive(batch('closed', 'people', 2, 2, []))).duplicate).toBe(true);
      await expect(late.receive(batch('closed', 'people', 2, 2, rows(9, 1)))).rejects.toMatchObject({
        code: 'VERSION_COMMITTED',
      });
      await expect(late.receive(batch('closed', 'people', 1, 2, rows(9, 1)))).rejects.toMatchObject({
        code: 'VERSION_COMMITTED',
      });
      const again = await close(late, 'closed');
      expect(again.result.tables.people?.batches).toHaveLength(1);
    }
  });

  it('stays open where the commit failed', async () => {
    const service = await receiver();
    await service.receive(batch('retry', 'people', 1, 2, rows(1, 2)));
    const failing = service.close('retry', () => Promise.reject(new Error('database gone')));
    const meanwhile = service.receive(batch('retry', 'people', 2, 2, rows(3, 2)));
    await expect(failing).rejects.toThrow('database gone');
    expect((await meanwhile).duplicate).toBe(false);
    expect((await close(service, 'retry')).result.tables.people?.batches).toHaveLength(2);
  });

  it('knows after a restart what was acknowledged before, whatever the version is called', async () => {
    const name = '../..//v 10\n"\u{1f600}" ..';
    const first = await receiver();
    await first.receive(batch(name, 'people', 1, 3, rows(1, 2)));
    await first.receive(batch(name, 'offer', 1, 1, []));
    const second = await receiver();
    expect((await second.receive(batch(name, 'people', 1, 3, rows(1, 2)))).duplicate).toBe(true);
    await expect(second.receive(batch(name, 'people', 1, 3, rows(5, 2)))).rejects.toMatchObject({ code: 'CONFLICT' });
    await second.receive(batch(name, 'people', 2, 3, rows(3, 2)));
    const { result } = await close(second, name);
    expect(result.tables.people?.batches).toMatchObject([{ batch_id: 1, records: 2 }, { batch_id: 2 }]);
    expect(result.tables.offer?.batches).toMatchObject([{ records: 0 }]);
  });

  it('gives the same manifest for the same batches in another order, and an empty one where nothing came', async () => {
    const service = await receiver();
    expect((await close(service, 'nothing')).result).toEqual({ version: 'nothing', tables: {} });
    expect((await close(service, 'nothing')).tables).toEqual([]);
    await expect(close(service, '')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('tells the database which tables have arrived', async () => {
    const service = await receiver();
    await service.receive(batch('noted', 'merchant', 1, 1, rows(1, 2)));
    await service.receive(batch('noted', 'people', 1, 1, rows(1, 2)));
    await expect
      .poll(() => findVersion(test.app, LOOKALIKE, 'noted'), { timeout: 5000 })
      .toMatchObject({ tablesReceived: ['people', 'merchant'], rowCounts: { people: 2, merchant: 2 } });
    expect(await service.received('noted')).toMatchObject([
      { table: 'people', batches: 1, totalBatches: 1, records: 2 },
      { table: 'merchant', batches: 1 },
    ]);
  });
});
