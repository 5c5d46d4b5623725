import { Artifact } from '@kindred/api/artifacts/artifact.entity.ts';
import { StageRun } from '@kindred/api/jobs/stage-run.entity.ts';
import { payersCsv } from '@kindred/api/test/payers-csv.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../routes.ts';
import { type AccessServer, startAccessServer } from '../test/access-client.ts';

const TOKEN = 'token-of-tests';
const CSV = payersCsv(40);
const WRITTEN = {
  'report.xlsx': 'workbook',
  'clusters.csv': 'row,cluster\n',
  'chart.pca.png': 'picture',
  'chart.pca.svg': '<svg/>',
};
const PARAMETERS = {
  clustering_algorithm: 'kmeans',
  clustering: { n_clusters: 3 },
  columns: ['income', 'debt'],
  preprocessing: { scale: 'standardScaler' },
};

/** What the console links to is fetched by the browser itself, which has no token to show, only its user's session. */
describe('downloads where KINDRED_REST_TOKEN guards the routes', () => {
  let server: AccessServer;
  let cookie: string;
  let files: Readonly<Record<string, string>>;

  const guarded = async (path: string, body: FormData | object = {}): Promise<{ readonly id: string }> => {
    const isForm = body instanceof FormData;
    const response = await fetch(server.url + path, {
      method: 'POST',
      body: isForm ? body : JSON.stringify(body),
      headers: { authorization: `Bearer ${TOKEN}`, ...(isForm ? {} : { 'content-type': 'application/json' }) },
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json() as Promise<{ readonly id: string }>;
  };

  beforeAll(async () => {
    // Its pipelines are the real ones; none of them runs, the files of a stage are put beside the job.
    server = await startAccessServer({ KINDRED_REST_TOKEN: TOKEN }, undefined, {});
    cookie = (await server.userOf('viewer')).headers.cookie ?? '';
    const form = new FormData();
    form.set('name', 'payers');
    form.set('file', new File([CSV], 'payers.csv'));
    const dataset = (await guarded('/api/datasets/', form)).id;
    const job = (await guarded('/api/clustering-jobs/', { dataset, parameters: PARAMETERS })).id;
    const em = server.app.database.fork();
    const stageRun = em.create(StageRun, { job, name: 'report', ordinal: 99, status: 'completed' } as never);
    for (const [name, text] of Object.entries(WRITTEN)) {
      await server.app.objects.put(`test/${name}`, Buffer.from(text));
      const artifact = { job, stageRun, name, hash: name, objectKey: `test/${name}`, bytes: text.length };
      em.create(Artifact, artifact as never);
    }
    await em.flush();
    files = {
      [`/api/datasets/${dataset}/file/`]: CSV,
      ...Object.fromEntries(
        Object.entries(WRITTEN).map(([name, text]) => [`/api/clustering-jobs/${job}/files/${name}/`, text]),
      ),
    };
  }, 200_000);
  afterAll(() => server?.dispose());

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(server.url + path, { method, headers });

  it('are open to whoever is signed in, by GET and HEAD, and to nobody else', async () => {
    for (const [path, text] of Object.entries(files)) {
      expect([path, (await get(path)).status]).toEqual([path, 401]);
      expect([path, (await get(path, { cookie: 'kindred_session=made-up' })).status]).toEqual([path, 401]);
      const file = await get(path, { cookie });
      expect([path, file.status, await file.text()]).toEqual([path, 200, text]);
      expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="/);
      expect([path, (await get(path, { cookie }, 'HEAD')).status]).toEqual([path, 200]);
      expect([path, (await get(path, { authorization: `Bearer ${TOKEN}` })).status]).toEqual([path, 200]);
      // Who shows a token that is none is not taken for somebody else.
      expect([path, (await get(path, { cookie, authorization: 'Bearer no-such-token' })).status]).toEqual([path, 401]);
    }
  });

  it('are like all that is read: no route wants more of a session than that it is there', async () => {
    for (const { method, path } of ROUTES.filter((route) => route.method === 'get')) {
      const address = path.replaceAll(/\{\w+\}/g, 'none');
      const status = async (headers: Record<string, string>) =>
        (await get(address, headers, method.toUpperCase())).status;
      expect([path, (await status({})) === 401]).toEqual([path, !path.startsWith('/ready')]);
      expect([path, [401, 403].includes(await status({ cookie }))]).toEqual([path, false]);
    }
  });

  it('lend the session to nothing that changes something and comes from another page', async () => {
    const { client } = await server.signIn('admin');
    const send = (headers: Record<string, string>, body: string) =>
      fetch(`${server.url}/api/datasets/`, {
        method: 'POST',
        headers: { cookie: client.headers.cookie ?? '', ...headers },
        body,
      });
    const json = { 'content-type': 'application/json' };
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const foreign = { origin: 'https://elsewhere.example' };
    for (const headers of [{ ...json, ...foreign }, { ...form, ...foreign }, form])
      expect([headers, (await send(headers, '{}')).status]).toEqual([headers, 401]);
    // Of this service it is heard: what is wrong then is the body.
    expect((await send({ ...json, origin: server.url }, '{}')).status).toBe(400);
  });

  it('end with the session', async () => {
    const { client } = await server.signIn('admin');
    const [path = ''] = Object.keys(files);
    expect((await get(path, client.headers)).status).toBe(200);
    await client.ask('mutation { signOut }');
    expect((await get(path, client.headers)).status).toBe(401);
  });
});
