import { payersCsv } from '@kindred/api/test/payers-csv.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusteringClient } from './test/clustering-client.ts';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

let server: TestServer;
const { call, upload, ended } = clusteringClient(() => server.url);
let dataset: string;
let id: string;

const PARAMETERS = {
  max_trials: 24,
  n_clusters: { from: 2, to: 5 },
  columns: ['income', 'debt', 'age'],
  finalists: 2,
  n_bootstraps: 3,
  label_column: 'kind',
};

beforeAll(async () => {
  server = await startTestServer({}, {});
  await server.app.start();
  dataset = await upload('payers', payersCsv(240));
  const made = await call('POST', '/api/clustering-searches/', { dataset, parameters: PARAMETERS, seed: 3 });
  expect([made.status, made.json.dataset_name]).toEqual([202, 'payers']);
  id = made.json.id;
});
afterAll(() => server.dispose());

interface Tried {
  readonly count: number;
  readonly trials: readonly { readonly score: number }[];
}

const graphql = async (query: string, variables: object) =>
  (await call('POST', '/graphql', { query, variables })).json as { data: Record<string, unknown> };
const globalId = (uuid: string) => Buffer.from(`Job:${uuid}`).toString('base64');

describe('a search over REST', () => {
  it('ends with a leaderboard, its files, and a winner that finds the kinds', async () => {
    const done = await ended(`/api/clustering-searches/${id}/`);
    expect(done).toMatchObject({ status: 'completed', error: null, result: { winner: { rank: 1, clusters: 3 } } });
    const { status, json: board } = await call('GET', `/api/clustering-searches/${id}/leaderboard/?limit=5`);
    expect([status, board.entries.length, board.trials.planned]).toEqual([200, 5, 24]);
    expect(board.entries[0].adjusted_rand).toBeGreaterThan(0.9);
    expect(board.entries[0].summary).toMatch(/^3 clusters(\.|, and \d+ rows in none\.) Cluster 0: /);
    expect(board.formula).toContain('silhouette over all rows');
    const csv = done.files.find((file: string) => file.endsWith('/leaderboard.csv/'));
    const lines = (await call('GET', csv)).text.trim().split('\n');
    expect([lines[0].split(',').slice(0, 3), lines.length]).toEqual([['rank', 'trial', 'name'], 25]);
    expect(done.files.some((file: string) => file.endsWith('/chart.leaderboard.png/'))).toBe(true);
    const { json: listed } = await call('GET', '/api/clustering-searches/');
    expect(listed.map((one: { id: string }) => one.id)).toEqual([id]);
    const picture = `query($s: ID!) { clusteringLeaderboard(search: $s) {
      ... on ClusteringLeaderboard { entries(first: 1) { rank state sizes params } } } clusteringSearchForm }`;
    const { data } = await graphql(picture, { s: globalId(id) });
    expect(data.clusteringLeaderboard).toMatchObject({ entries: [{ rank: 1, state: 'final' }] });
    const tried = `query($s: ID!) { triedTrials(search: $s, first: 5) {
      ... on TriedTrials { count trials { trial name state method params clusters score } } } }`;
    const { triedTrials } = (await graphql(tried, { s: globalId(id) })).data as { triedTrials: Tried };
    expect(triedTrials.count).toBe(24);
    const scores = triedTrials.trials.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(triedTrials.trials[0]).toMatchObject({ state: 'screened', method: expect.any(String), params: {} });
    expect(data.clusteringSearchForm).toMatchObject({ properties: { budget_seconds: {}, methods: {} } });
  });

  it('starts a clustering job from the winner that finds the same clusters, and from another rank', async () => {
    await ended(`/api/clustering-searches/${id}/`);
    const { json: board } = await call('GET', `/api/clustering-searches/${id}/leaderboard/`);
    const made = await call('POST', `/api/clustering-searches/${id}/jobs/`, {});
    expect([made.status, made.json.dataset, made.json.seed, made.json.running]).toEqual([201, dataset, 3, false]);
    let job = made.json;
    for (const stage of ['preprocess', 'feature_selection', 'dimensionality_reduction', 'clustering', 'metrics']) {
      await call('POST', `/api/clustering-jobs/${job.id}/${stage}/`);
      job = await ended(`/api/clustering-jobs/${job.id}/`);
      expect(job.error).toBeNull();
    }
    const clustering = job.stages.find(({ name }: { name: string }) => name === 'clustering');
    const [winner] = board.entries;
    expect(clustering.summary.sizes.map(({ rows }: { rows: number }) => rows)).toEqual(
      winner.noise > 0 ? [Math.round(winner.noise * 240), ...winner.sizes] : winner.sizes,
    );
    expect(job.metrics.adjusted_rand.value).toBeCloseTo(winner.adjusted_rand, 12);
    // The parameters are what a job takes.
    const posted = await call('POST', '/api/clustering-jobs/', { dataset, parameters: winner.parameters });
    expect([posted.status, posted.json.parameters]).toEqual([201, job.parameters]);
    const second = await call('POST', `/api/clustering-searches/${id}/jobs/`, { rank: 2, start: true });
    expect([second.status, second.json.running]).toEqual([201, true]);
    await graphql('mutation($id: ID!) { cancelJob(id: $id) { __typename } }', { id: globalId(second.json.id) });
    expect(second.json.parameters).toMatchObject(board.entries[1].parameters);
    const wrong = await call('POST', `/api/clustering-searches/${id}/jobs/`, { rank: 900 });
    expect([wrong.status, wrong.json.detail]).toEqual([400, expect.stringContaining('rank')]);
  });

  it('saves the winner as a preset', async () => {
    await ended(`/api/clustering-searches/${id}/`);
    const saved = await call('POST', `/api/clustering-searches/${id}/presets/`, { name: 'found' });
    expect(saved.status).toBe(201);
    const made = await call('POST', '/api/clustering-jobs/', { dataset, preset: 'found' });
    expect([made.status, made.json.parameters.clustering]).toEqual([
      201,
      expect.objectContaining(saved.json.parameters.clustering.params),
    ]);
  });

  it.each([
    [{ parameters: { columns: ['nothing'] } }, 400, /nothing/],
    [{ parameters: { methods: ['magic'] } }, 400, /methods.*magic/],
    [{ parameters: { budget_seconds: 1e9 } }, 400, /budget_seconds/],
    [{ parameters: { budget: 3 } }, 400, /budget/],
    [{ dataset: '00000000-0000-4000-8000-000000000000' }, 404, /data ?set/],
  ])('is refused for %j', async (body, status, detail) => {
    const answer = await call('POST', '/api/clustering-searches/', { dataset, ...body });
    expect([answer.status, answer.json.detail]).toEqual([status, expect.stringMatching(detail)]);
  });

  it('can be cancelled, and has no leaderboard then', async () => {
    const { json } = await call('POST', '/api/clustering-searches/', {
      dataset,
      parameters: { budget_seconds: 900, n_clusters: { to: 90 } },
    });
    await expect
      .poll(async () => (await call('GET', `/api/clustering-searches/${json.id}/`)).json.message, { timeout: 30_000 })
      .toMatch(/^screen: trial \d+ of \d+/);
    await graphql('mutation($id: ID!) { cancelJob(id: $id) { __typename } }', { id: globalId(json.id) });
    expect((await ended(`/api/clustering-searches/${json.id}/`)).status).toBe('cancelled');
    expect((await call('GET', `/api/clustering-searches/${json.id}/leaderboard/`)).status).toBe(404);
    expect((await call('POST', `/api/clustering-searches/${json.id}/jobs/`, {})).status).toBe(404);
    expect((await call('GET', `/api/clustering-searches/${dataset}/`)).status).toBe(404);
  });
});
