import { Artifact } from '@kindred/api/artifacts/artifact.entity.ts';
import { commitVersion, ensureDataset } from '@kindred/api/datasets/dataset.operations.ts';
import { DriftReport } from '@kindred/api/drift/drift-report.entity.ts';
import { StageRun } from '@kindred/api/jobs/stage-run.entity.ts';
import { LOOKALIKE } from '@kindred/api/lookalike/receive/version-ledger.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

const PAGE = '<!doctype html><title>Drift</title>';
let server: TestServer;
let report = '';

beforeAll(async () => {
  server = await startTestServer();
  const { app } = server;
  await ensureDataset(app, LOOKALIKE, LOOKALIKE);
  const { job, version } = await commitVersion(app, LOOKALIKE, 'v1', { version: 'v1', tables: {} });
  const em = app.database.fork();
  const stageRun = em.create(StageRun, { job: job.id, name: 'report', ordinal: 99, status: 'completed' } as never);
  for (const [name, bytes] of [
    ['drift.html', PAGE],
    ['evidently.json', '{}'],
    ['model.bin', 'secret'],
  ]) {
    await app.objects.put(`test/${name}`, Buffer.from(bytes));
    em.create(Artifact, {
      job: job.id,
      stageRun,
      name,
      hash: name,
      objectKey: `test/${name}`,
      bytes: bytes.length,
    } as never);
  }
  const made = em.create(DriftReport, {
    datasetVersion: version.id,
    job: job.id,
    driftDetected: false,
    driftScore: 0,
    actionTaken: 'none',
  } as never) as DriftReport;
  await em.flush();
  report = made.id;
});
afterAll(() => server.dispose());

it('has the files of a report where GraphQL says they are; the page is shown, and may run nothing', async () => {
  const asked = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ latestDriftReport { htmlUrl evidentlyUrl } }' }),
  });
  const { htmlUrl, evidentlyUrl } = (await asked.json()).data.latestDriftReport;
  const page = await fetch(server.url + htmlUrl);
  expect([page.status, await page.text()]).toEqual([200, PAGE]);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-disposition')).toMatch(/^inline/);
  expect(page.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  const snapshot = await fetch(server.url + evidentlyUrl);
  expect([snapshot.status, await snapshot.json()]).toEqual([200, {}]);
  expect(snapshot.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(await (await fetch(`${server.url}/monitoring/drift/latest/drift.html`)).text()).toBe(PAGE);
});

it.each([
  ['latest', 'model.bin'],
  ['latest', 'drift.json'],
  ['latest', '..%2f..%2fetc%2fpasswd'],
  ['00000000-0000-4000-8000-000000000000', 'drift.html'],
  ['none', 'drift.html'],
])('hands out nothing else: %s, %s', async (id, name) => {
  const answer = await fetch(`${server.url}/monitoring/drift/${id}/${name}`);
  expect(answer.status).toBe(404);
  expect((await answer.json()).error.code).toMatch(/NOT_FOUND|ARTIFACT_MISSING/);
});

it('of a report by its own id too', async () => {
  expect((await fetch(`${server.url}/monitoring/drift/${report}/evidently.json`)).status).toBe(200);
});
