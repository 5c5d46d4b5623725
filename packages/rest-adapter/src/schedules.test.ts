import { Job } from '@kindred/api/jobs/job.entity.ts';
import { fireSchedules, RETRY_AFTER_MS, startRun } from '@kindred/api/schedules/fire-schedules.ts';
import { Schedule } from '@kindred/api/schedules/schedule.entity.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test/start-test-server.ts';
import { storesClient } from './test/stores-client.ts';

let server: TestServer;
let client: ReturnType<typeof storesClient>;
let sources: { sales: string; stores: string };

const STORES = 24;

function salesCsv(): string {
  const lines = ['Store,Date,Sales,Customers'];
  for (let store = 1; store <= STORES; store++)
    for (const day of ['2026-05-04', '2026-07-01', '2026-08-02', '2026-09-30'])
      lines.push(`${store},${day},${(store % 2 ? 100 : 900) + store},${(store % 2 ? 10 : 30) + (store % 3)}`);
  return `${lines.join('\n')}\n`;
}

const storesCsv = () =>
  `Store,area\n${Array.from({ length: STORES }, (_, at) => `${at + 1},${500 + 10 * (at % 7)}`).join('\n')}\n`;

beforeAll(async () => {
  server = await startTestServer({}, {});
  await server.app.start();
  client = storesClient(server);
  sources = { sales: await client.upload('sales', salesCsv()), stores: await client.upload('shops', storesCsv()) };
});
afterAll(() => server.dispose());

const schedule = (body: object) =>
  client.call('POST', '/api/schedules/', { name: 'mart', pipeline: 'stores_mart', cron: '0 3 1 1,4,7,10 *', ...body });

async function ended(job: string): Promise<string> {
  const query = 'query($id: ID!) { job(id: $id) { ... on Job { status } } }';
  for (;;) {
    const { status } = await client.graphql<{ status: string }>(query, {
      id: Buffer.from(`Job:${job}`).toString('base64'),
    });
    if (!['pending', 'running'].includes(status)) return status;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const named = async (name: string) => {
  const { json } = await client.call('GET', '/api/datasets/');
  return json.filter((one: { name: string }) => one.name === name);
};

it('makes the mart of the last quarter, once for each time, and of times that were missed the last', async () => {
  const made = await schedule({ request: sources, time_zone: 'Europe/Moscow' });
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({ enabled: true, time_zone: 'Europe/Moscow', runs: [] });
  expect(made.json.due_times).toHaveLength(5);
  const { core } = { core: server.app };
  expect(await fireSchedules(core, new Date())).toEqual([]);

  // Three quarters after the one that it waits for, two processes look at once.
  const first = new Date(made.json.due_times[0]);
  const now = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 9, 2));
  await core.database
    .fork()
    .execute('update schedule set request = ?', [
      JSON.stringify({ ...sources, geo: null, name: 'stores_mart', quarter: '2026-Q3' }),
    ]);
  const fired = (await Promise.all([fireSchedules(core, now), fireSchedules(core, now)])).flat();
  expect(fired).toHaveLength(1);
  const { json } = await client.call('GET', `/api/schedules/${made.json.id}/`);
  expect(json.runs).toHaveLength(1);
  expect(json.runs[0]).toMatchObject({ missed: 3, manual: false, error: null, job: expect.any(String) });
  expect(new Date(json.runs[0].due_at).getTime()).toBeLessThan(now.getTime());
  expect(new Date(json.due_times[0]).getTime()).toBeGreaterThan(now.getTime());

  expect(await ended(json.runs[0].job)).toBe('completed');
  const [mart] = await named('stores_mart');
  const shown = (await client.call('GET', `/api/datasets/${mart.id}/`)).json;
  expect(shown.preview[0]).toMatchObject({ Store: 1, days: 3, Sales_sum: 303, Sales_growth: 2, area: 500 });

  // The same data: no second version; the mart is ready for a clustering of stores.
  const again = await client.call('POST', `/api/schedules/${made.json.id}/run/`);
  expect(again.status).toBe(201);
  expect(again.json.manual).toBe(true);
  expect(await ended(again.json.job)).toBe('completed');
  const query = 'query { datasetVersions(dataset: "stores_mart") { nodes { name status } } }';
  const versions = await client.graphql<{ nodes: unknown[] }>(query);
  expect(versions.nodes).toEqual([{ name: '2026-Q3', status: 'processed' }]);
  const job = await client.cluster({
    dataset: mart.id,
    preset: 'stores',
    parameters: { clustering_algorithm: 'kmeans', clustering: { n_clusters: 2 } },
  });
  expect(job).toMatchObject({ status: 'Completed', error: null });
});

it('tells why it could make no job, and goes on', async () => {
  const made = await schedule({ name: 'no sales', request: { ...sources, sales: sources.stores } });
  const run = await client.call('POST', `/api/schedules/${made.json.id}/run/`);
  expect(run.json).toMatchObject({ job: null, error: expect.stringContaining('the sales have no column of dates') });
  const paused = await client.call('PATCH', `/api/schedules/${made.json.id}/`, { enabled: false, name: 'paused' });
  expect(paused.json).toMatchObject({ name: 'paused', enabled: false, due_times: [] });
  const woken = await client.call('PATCH', `/api/schedules/${made.json.id}/`, { enabled: true, cron: '*/5 * * * *' });
  expect(woken.json.due_times).toHaveLength(5);
  expect((await client.call('DELETE', `/api/schedules/${made.json.id}/`)).status).toBe(204);
  expect((await client.call('GET', `/api/schedules/${made.json.id}/`)).status).toBe(404);
  expect((await client.call('POST', `/api/schedules/${made.json.id}/run/`)).status).toBe(404);
});

it('schedules a clustering, and refuses what is wrong by its name', async () => {
  const request = { dataset: sources.stores, preset: 'quick-look' };
  const made = await schedule({ name: 'clusters', pipeline: 'clustering', request });
  const run = await client.call('POST', `/api/schedules/${made.json.id}/run/`);
  expect(await ended(run.json.job)).toBe('completed');
  for (const [body, detail] of [
    [{ request }, 'request.sales'],
    [{ name: 'x', pipeline: 'lookalike', request }, 'cannot be scheduled'],
    [{ name: 'x', request: sources, cron: '0 3 *' }, 'cron: has 3 parts'],
    [{ name: 'x', request: sources, time_zone: 'Mars' }, 'timeZone'],
    [{ name: 'clusters', request: sources }, 'There is a schedule clusters already'],
    [{ name: ' ', request: sources }, 'name must have'],
  ] as const) {
    const wrong = await schedule(body);
    expect([wrong.status, wrong.json.detail]).toEqual([400, expect.stringContaining(detail)]);
  }
});

it('holds no schedule up for one that breaks, which keeps its time and is tried again', async () => {
  const core = server.app;
  const broken = (await schedule({ name: 'broken', request: sources, cron: '0 1 1 1 *' })).json;
  const sound = (await schedule({ name: 'sound', request: sources, cron: '5 1 1 1 *' })).json;
  const keep = (request: object) =>
    core.database.fork().execute('update schedule set request = ? where id = ?', [JSON.stringify(request), broken.id]);
  // As an earlier version of the service may have left it: no answer to whoever asked, but a fault.
  await keep({ sales: 7 });
  const due = new Date(new Date(broken.due_times[0]).getTime() + 3600_000);
  const fired = await fireSchedules(core, due);
  expect(fired.map((run) => run.schedule.id)).toContain(sound.id);
  const shown = async () => (await client.call('GET', `/api/schedules/${broken.id}/`)).json;
  expect(await shown()).toMatchObject({ runs: [], error: expect.stringContaining('sales') });
  expect((await shown()).due_times[0]).toBe(broken.due_times[0]);

  await keep(sources);
  expect(await fireSchedules(core, new Date(due.getTime() + RETRY_AFTER_MS - 1))).toEqual([]);
  expect(await fireSchedules(core, new Date(due.getTime() + RETRY_AFTER_MS))).toHaveLength(1);
  const { runs, error } = await shown();
  expect([runs, error]).toEqual([[expect.objectContaining({ due_at: broken.due_times[0], missed: 0 })], null]);
});

it('takes the quarter that has just ended by the clock of the schedule', async () => {
  const core = server.app;
  const moscow = { cron: '0 1 1 1,4,7,10 *', time_zone: 'Europe/Moscow' };
  const made = (await schedule({ name: 'early', request: sources, ...moscow })).json;
  const due = new Date(made.due_times[0]);
  expect(due.getUTCHours()).toBe(22);
  const run = (await fireSchedules(core, due)).find((one) => one.schedule.id === made.id);
  const { params } = await core.database.fork().findOneOrFail(Job, run?.job?.id ?? '');
  expect(params).toMatchObject({ quarter: `${due.getUTCFullYear()}-Q${Math.floor(due.getUTCMonth() / 3) + 1}` });
});

it('runs by hand as often as it is asked to, also twice in a millisecond', async () => {
  const core = server.app;
  const made = (await schedule({ name: 'by hand', pipeline: 'clustering', request: { dataset: sources.stores } })).json;
  const [dueAt, missed] = [new Date(), 0];
  const run = (manual: boolean) =>
    core.database
      .fork()
      .transactional(async (tx) =>
        startRun(tx, core, await tx.findOneOrFail(Schedule, made.id), { dueAt, missed, manual }),
      );
  await Promise.all([run(true), run(true), run(false)]);
  await expect(run(false)).rejects.toThrow('schedule_run_due_unique');
  const { runs } = (await client.call('GET', `/api/schedules/${made.id}/`)).json;
  expect(runs.map((one: { manual: boolean }) => one.manual).sort()).toEqual([false, true, true]);
});
