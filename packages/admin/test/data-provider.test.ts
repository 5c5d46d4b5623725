import { sendToys } from '@kindred/api/test/toy-versions.ts';
import { startTestServer, type TestServer } from '@kindred/rest-adapter/test/start-test-server.ts';
import type { DataProvider, GetListParams } from 'react-admin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataProvider } from '../src/data/data-provider.ts';
import { RESOURCES } from '../src/data/resources.ts';
import { createClient } from '../src/graphql/client.ts';
import { Failure } from '../src/graphql/failure.ts';
import { TOYS, uploadCsv } from './open-console.ts';

/** Against the service itself: what the console asks, answered by the schema that it is written for. */
describe('the data provider', () => {
  let server: TestServer;
  let provider: DataProvider;
  /** Questions that went to the server. */
  let asked = 0;
  let first: string;

  beforeAll(async () => {
    server = await startTestServer({}, TOYS);
    const ask = createClient({ url: `${server.url}/graphql` });
    provider = createDataProvider((...question) => {
      asked += 1;
      return ask(...question);
    }, RESOURCES);
    for (let at = 1; at <= 7; at++) {
      const { id } = await sendToys(server.app, `v${at}`, [at]);
      first ??= id;
    }
    await uploadCsv(server.url, 'beta', 'a,b\n1,2\n3,4\n');
    await uploadCsv(server.url, 'alpha', 'a,b\n1,2\n');
  });
  afterAll(() => server.dispose());

  const page = (number: number, more: Partial<GetListParams> = {}) => ({
    pagination: { page: number, perPage: 3 },
    sort: { field: 'createdAt', order: 'ASC' as const },
    filter: {},
    ...more,
  });
  const versions = async (params: GetListParams) =>
    (await provider.getList('jobs', params)).data.map(({ datasetVersion }) => datasetVersion.name);

  it('goes on from the cursor of the page before, one question for each page', async () => {
    asked = 0;
    expect(await versions(page(1))).toEqual(['v1', 'v2', 'v3']);
    expect(await versions(page(2))).toEqual(['v4', 'v5', 'v6']);
    const last = await provider.getList('jobs', page(3));
    expect(last.data.map(({ datasetVersion }) => datasetVersion.name)).toEqual(['v7']);
    expect(last.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true });
    expect([last.total, last.meta]).toEqual([7, { exact: true }]);
    expect(asked).toBe(3);
  });

  it('finds a page whose neighbours it has not seen', async () => {
    expect(await versions(page(3, { sort: { field: 'createdAt', order: 'DESC' } }))).toEqual(['v1']);
    expect(await versions(page(9))).toEqual([]);
  });

  it('has filters, search and order done by the server', async () => {
    expect(await versions(page(1, { filter: { status: ['failed'] } }))).toEqual([]);
    expect(await versions(page(1, { filter: { q: 'v5' } }))).toEqual(['v5']);
    const names = async (order: 'ASC' | 'DESC') =>
      (
        await provider.getList('datasets', page(1, { sort: { field: 'name', order }, filter: { kind: 'clustering' } }))
      ).data.map(({ name }) => name);
    expect(await names('ASC')).toEqual(['alpha', 'beta']);
    expect(await names('DESC')).toEqual(['beta', 'alpha']);
  });

  it('gives records by their global ids, in lists and alone alike', async () => {
    const { data } = await provider.getList('jobs', page(1));
    const [row] = data;
    expect(row.id).toBe(Buffer.from(`Job:${first}`).toString('base64'));
    const { data: one } = await provider.getOne('jobs', { id: row.id });
    expect(one).toMatchObject({ ...row, seed: expect.any(Number), stages: expect.any(Array) });
    const { data: many } = await provider.getMany('jobs', { ids: data.map(({ id }) => id) });
    expect(many).toEqual(data);
  });

  it('renames and deletes, and tells in one shape what is refused', async () => {
    const { data } = await provider.getList('datasets', page(1, { filter: { kind: 'clustering', q: 'beta' } }));
    const [record] = data;
    const changed = { id: record.id, data: { name: 'gamma' }, previousData: record };
    expect((await provider.update('datasets', changed)).data.name).toBe('gamma');

    const refused = provider.update('datasets', { ...changed, data: { name: '' } });
    await expect(refused).rejects.toMatchObject({ name: 'Failure', code: 'INVALID_INPUT', status: 400 });
    const unknown = Buffer.from('Job:00000000-0000-7000-8000-000000000000').toString('base64');
    await expect(provider.getOne('jobs', { id: unknown })).rejects.toMatchObject({ code: 'NOT_FOUND', status: 404 });

    const named = { ...record, name: 'gamma' };
    await provider.delete('datasets', { id: record.id, previousData: named });
    await expect(provider.getOne('datasets', { id: record.id })).rejects.toBeInstanceOf(Failure);
  });

  it('says that a server is not there, and that it may be later', async () => {
    const nowhere = createDataProvider(createClient({ url: 'http://127.0.0.1:1/graphql' }), RESOURCES);
    await expect(nowhere.getList('jobs', page(1))).rejects.toMatchObject({ code: 'OFFLINE', retryable: true });
  });
});
