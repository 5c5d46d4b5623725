import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { searchParams } from '@kindred/api/clustering/search/search-params.ts';
import { searchStages } from '@kindred/api/clustering/search/search-stages.ts';
import { DirectoryStageContext } from '@kindred/api/pipelines/directory-context.ts';
import type { Json } from '@kindred/api/pipelines/stage.ts';
import { tableFolder } from '@kindred/api/test/clustering-folder.ts';
import { payersCsv } from '@kindred/api/test/payers-csv.ts';
import { afterAll, expect, it } from 'vitest';
import { PASSWORD, signedIn } from './test/access-client.ts';
import { clusteringClient } from './test/clustering-client.ts';
import { addressOf, type MainProcess, startMain } from './test/start-main.ts';

const CSV = payersCsv(1500);
const SEED = 5;
const PARAMETERS = {
  max_trials: 40,
  n_clusters: { from: 2, to: 6 },
  columns: ['income', 'debt', 'age'],
  reductions: ['none', 'pca'],
  finalists: 3,
  n_bootstraps: 4,
};

const folders: string[] = [];
const started: MainProcess[] = [];
afterAll(() => {
  for (const service of started) service.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The leaderboard of a search that nothing disturbs. */
async function undisturbed(): Promise<Record<string, unknown>> {
  const folder = tableFolder(CSV);
  folders.push(folder);
  const params = searchParams.parse(PARAMETERS) as unknown as Record<string, Json>;
  for (const stage of searchStages)
    await stage.run(await DirectoryStageContext.open(folder, { params, seed: SEED, threads: 2 }));
  return JSON.parse(readFileSync(join(folder, 'leaderboard.json'), 'utf8'));
}

it('a search whose service is killed in its midst ends with the same leaderboard when the service is there again', {
  timeout: 300_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-search-kill-'));
  folders.push(folder);
  let origin = '';
  const { call, upload, ended } = clusteringClient(() => origin);
  const start = async () => {
    const service = startMain({ KINDRED_DATA: folder, KINDRED_DVC: 'false', KINDRED_ADMIN_PASSWORD: PASSWORD });
    started.push(service);
    origin = await addressOf(service);
    return service;
  };

  const first = await start();
  const dataset = await upload('payers', CSV);
  const { json: made } = await call('POST', '/api/clustering-searches/', {
    dataset,
    parameters: PARAMETERS,
    seed: SEED,
  });
  const path = `/api/clustering-searches/${made.id}/`;
  const message = async (): Promise<string> => JSON.stringify((await call('GET', path)).json);
  // The database hears of progress once a second: trials as quick as these may be over between two looks.
  await expect.poll(message, { timeout: 90_000, interval: 50 }).toMatch(/trial ([3-9]|\d\d) of 40|finalist 1 of/);
  first.kill('SIGKILL');
  await once(first, 'exit');

  await start();
  const done = await ended(path);
  expect(done).toMatchObject({ status: 'completed', error: null, result: { winner: { rank: 1 } } });
  const query = `{ job(id: "${Buffer.from(`Job:${made.id}`).toString('base64')}") { ... on Job { attempt } } }`;
  expect(await (await signedIn(origin)).ask(query)).toEqual({ data: { job: { attempt: 2 } } });
  const file = done.files.find((one: string) => one.endsWith('/leaderboard.json/'));
  expect((await call('GET', file)).json).toEqual(await undisturbed());
});
