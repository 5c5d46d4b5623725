import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { ProcessRegistry } from './process-registry.ts';
import { ServiceProcess } from './service-process.entity.ts';

describe('processes of the service', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ pipelines: [] });
  });
  afterAll(() => test.dispose());

  it('are known while they live, with what they run, and no longer when they have stopped', async () => {
    const { database } = test.app;
    const errors: unknown[] = [];
    let jobs: string[] = [];
    const registry = new ProcessRegistry(database, {
      role: 'worker',
      commit: 'abc',
      jobs: () => jobs,
      onError: (error) => errors.push(error),
    });
    await registry.start();
    const find = () => database.fork().findOne(ServiceProcess, { id: registry.id });
    const first = await find();
    expect(first).toMatchObject({ role: 'worker', commit: 'abc', jobs: [], pid: process.pid });
    jobs = ['a job'];
    await registry.beat();
    const later = await find();
    expect(later?.jobs).toEqual(['a job']);
    expect(later?.startedAt).toEqual(first?.startedAt);
    expect(later?.seenAt.getTime()).toBeGreaterThanOrEqual(first?.seenAt.getTime() ?? Number.POSITIVE_INFINITY);
    await registry.stop();
    expect(await find()).toBeNull();
    expect(errors).toEqual([]);
  });

  it('that were killed are shown for a while, and then forgotten by the next that starts', async () => {
    const { database } = test.app;
    const facts = { role: 'all', commit: undefined, jobs: () => [], onError: () => undefined } as const;
    const killed = new ProcessRegistry(database, facts);
    await killed.start();
    await database.fork().execute(`update service_process set seen_at = now() - interval '25 hours'`);
    const next = new ProcessRegistry(database, facts);
    await next.start();
    const ids = (await database.fork().find(ServiceProcess, {})).map(({ id }) => id);
    expect(ids).toEqual([next.id]);
    await next.stop();
    await killed.stop();
  });
});
