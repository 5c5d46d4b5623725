import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from './routes.ts';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

const batch = (fields: Record<string, unknown> = {}) => ({
  version: 'rest',
  table: 'offer',
  batch_id: 1,
  total_batches: 1,
  records: [{ offer_id: 1 }],
  ...fields,
});

describe('the REST door', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ KINDRED_BODY_LIMIT: '1MB', KINDRED_CORS: 'https://bank.example' });
  });
  afterAll(() => server.dispose());

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const init =
      body === undefined
        ? { method, headers }
        : { method, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await fetch(server.url + path, init as RequestInit);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: text === '' ? undefined : JSON.parse(text),
    };
  }

  it('answers what monitoring may ask before there is any data', async () => {
    expect((await call('GET', '/ready')).json).toEqual({ status: 'ok' });
    expect((await call('GET', '/status')).json).toEqual({
      ready: false,
      model_version: null,
      data_version: null,
      pipeline_status: 'idle',
    });
    expect((await call('GET', '/experiments')).json).toEqual({ experiments: [] });
    expect((await call('GET', '/monitoring/drift')).json).toMatchObject({
      drift_detected: false,
      action_taken: 'none',
    });
    expect((await call('GET', '/monitoring/data-quality')).json).toMatchObject({ version: '', valid: false });
    expect(await call('GET', '/model/info')).toMatchObject({ status: 503, json: { error: { code: 'NOT_READY' } } });
    const single = await call('POST', '/lookalike', { merchant_id: 1, offer_id: 1, top_n: 1 });
    expect(single).toMatchObject({ status: 503, json: { error: { code: 'NOT_READY' } } });
  });

  it('takes batches and a commit, whatever the content type says, and starts nothing for a repeat', async () => {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const { status, json } = await call('POST', '/data/batch', batch({ extra: true }), { 'content-type': type });
      expect([status, json]).toEqual([200, { status: 'accepted', table: 'offer', batch_id: 1 }]);
    }
    await call('POST', '/data/batch', batch({ table: 'people', records: [] }));
    const commit = { status: 'accepted', tables_received: ['people', 'offer'] };
    for (let i = 0; i < 2; i++) expect((await call('POST', '/data/commit', { version: 'rest' })).json).toEqual(commit);
    expect((await call('GET', '/status')).json.pipeline_status).toBe('running');
    const jobs = await server.app.database.fork().getConnection().execute('select id from job');
    expect(jobs).toHaveLength(1);
    const late = await call('POST', '/data/batch', batch({ records: [{ offer_id: 2 }] }));
    expect(late).toMatchObject({ status: 409, json: { error: { code: 'VERSION_COMMITTED' } } });
    expect(Object.keys(late.json.error.details)).toEqual(['version', 'table', 'batch_id']);
    expect((await call('POST', '/data/batch', batch())).status).toBe(200);
  });

  it('takes a commit of nothing', async () => {
    const { status, json } = await call('POST', '/data/commit', { version: 'nothing' });
    expect([status, json]).toEqual([200, { status: 'accepted', tables_received: [] }]);
  });

  it.each([
    ['/data/batch', '', 'body'],
    ['/data/batch', '[1]', 'body'],
    ['/data/batch', '{"version":', 'body'],
    ['/data/batch', batch({ version: 7 }), 'version'],
    ['/data/batch', batch({ table: 'users' }), 'table'],
    ['/data/batch', batch({ batch_id: '1' }), 'batch_id'],
    ['/data/batch', batch({ total_batches: 0 }), 'total_batches'],
    ['/data/batch', batch({ records: 'x' }), 'records'],
    ['/data/batch', batch({ records: [1] }), 'records[0]'],
    ['/data/commit', {}, 'version'],
    ['/data/commit', { version: null }, 'version'],
    ['/data/commit', { version: 'v'.repeat(201) }, 'version'],
    ['/data/commit', { version: 'a\0b' }, 'version'],
    ['/lookalike', 'null', 'body'],
    ['/lookalike', { offer_id: 1, top_n: 1 }, 'merchant_id'],
    ['/lookalike', { merchant_id: true, offer_id: 1, top_n: 1 }, 'merchant_id'],
    ['/lookalike', { merchant_id: 1, offer_id: '1', top_n: 1 }, 'offer_id'],
    ['/lookalike', { merchant_id: 1, offer_id: 1e300, top_n: 1 }, 'offer_id'],
    ['/lookalike', { merchant_id: 1, offer_id: 1.5, top_n: 1 }, 'offer_id'],
    ['/lookalike', { merchant_id: 1, offer_id: 1, top_n: 0 }, 'top_n'],
    ['/lookalike', { merchant_id: 1, offer_id: 1, top_n: 1001 }, 'top_n'],
    ['/lookalike', { merchant_id: 1, offer_id: 1, top_n: null }, 'top_n'],
    ['/lookalike/batch', { requests: [] }, 'requests'],
    ['/lookalike/batch', { requests: {} }, 'requests'],
    [
      '/lookalike/batch',
      { requests: [{ merchant_id: 1, offer_id: 1, top_n: 1 }, { merchant_id: 1 }] },
      'requests[1].offer_id',
    ],
  ])('POST %s with %j is a 400 that names %s', async (path, body, field) => {
    const { status, json } = await call('POST', path, body);
    expect(status).toBe(400);
    expect(json.error).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(field === 'body' ? '' : field),
      details: { field },
    });
  });

  it('answers unknown paths, other methods, HEAD and OPTIONS in order', async () => {
    expect(await call('GET', '/nothing/here')).toMatchObject({ status: 404, json: { error: { code: 'NOT_FOUND' } } });
    const wrong = await call('DELETE', '/data/batch');
    expect(wrong).toMatchObject({ status: 405, json: { error: { code: 'METHOD_NOT_ALLOWED' } } });
    expect(wrong.headers.get('allow')).toBe('POST, OPTIONS');
    expect(await call('HEAD', '/ready')).toMatchObject({ status: 200, text: '' });
    expect(await call('OPTIONS', '/lookalike')).toMatchObject({ status: 204, text: '' });
    expect((await call('GET', '/ready/')).status).toBe(200);
  });

  it('lets the configured origin in and no other', async () => {
    const origin = async (name: string) =>
      (await call('GET', '/status', undefined, { origin: name })).headers.get('access-control-allow-origin');
    expect(await origin('https://bank.example')).toBe('https://bank.example');
    expect(await origin('https://other.example')).toBeNull();
  });

  it('refuses a body beyond the limit before it has read it, announced or not', async () => {
    const large = 'x'.repeat(2 * 2 ** 20);
    expect(await call('POST', '/data/batch', large)).toMatchObject({
      status: 413,
      json: { error: { code: 'TOO_LARGE' } },
    });
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${server.url}/data/batch`, { method: 'POST' }, (response) => resolve(response.statusCode));
      sent.on('error', reject);
      sent.write(large);
      sent.end();
    });
    expect(status).toBe(413);
    expect((await call('POST', '/data/batch', 'x', { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await call('GET', '/ready')).status).toBe(200);
  });

  it('answers what is no HTTP in JSON too', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1])).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });

  it('says which batch another one is in conflict with', async () => {
    await call('POST', '/data/batch', batch({ version: 'twice', total_batches: 2 }));
    const other = await call('POST', '/data/batch', batch({ version: 'twice', total_batches: 2, records: [{}] }));
    expect(other).toMatchObject({
      status: 409,
      json: { error: { code: 'CONFLICT', details: { version: 'twice', table: 'offer', batch_id: 1 } } },
    });
  });

  it('serves its pages without a network', async () => {
    for (const [path, type] of [
      ['/status-page', 'text/html'],
      ['/docs', 'text/html'],
      ['/assets/status.js', 'text/javascript'],
      ['/assets/swagger-ui-bundle.js', 'text/javascript'],
      ['/openapi.yml', 'application/yaml'],
      ['/openapi.json', 'application/json'],
      ['/metrics', 'text/plain'],
      ['/live', 'application/json'],
    ]) {
      const response = await fetch(server.url + path);
      const text = await response.text();
      expect([path, response.status, response.headers.get('content-type')?.split(';')[0]]).toEqual([path, 200, type]);
      expect(text, path).not.toMatch(/(?:src|href)="https?:/);
    }
    const graphiql = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(await graphiql.text()).toMatch(/YogaGraphiQL/);
  });

  it('never answers a fuzzed request with a 500 or with anything but JSON', async () => {
    let state = 20261121;
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state % below;
    };
    const values = [
      0,
      -1,
      1,
      2 ** 53,
      Number.MAX_VALUE,
      'x',
      '',
      '1',
      null,
      true,
      [],
      [[]],
      {},
      { a: [null] },
      '\ud800',
      'v\0',
      'ы',
      Number.NaN,
    ];
    const pick = <T>(from: readonly T[]): T => from[random(from.length)];
    const fields = [
      'version',
      'table',
      'batch_id',
      'total_batches',
      'records',
      'merchant_id',
      'offer_id',
      'top_n',
      'requests',
    ];
    for (let i = 0; i < 400; i++) {
      const route = pick(ROUTES);
      const base: Record<string, unknown> = pick([
        {},
        batch({ version: `f${i}` }),
        { merchant_id: 1, offer_id: 1, top_n: 1 },
      ]);
      const body: Record<string, unknown> = { ...base, [pick(fields)]: pick(values), [pick(fields)]: pick(values) };
      let text = JSON.stringify(body);
      if (random(4) === 0) text = text.slice(0, random(text.length));
      if (random(8) === 0) text = text.replace('null', pick(['NaN', 'Infinity', 'undefined', '1e999']));
      const method = pick(['GET', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'PATCH']);
      const answer = await call(method, route.path, method === 'GET' ? undefined : text);
      expect([200, 400, 404, 405, 409, 413, 415, 503], `${method} ${route.path} ${text}`).toContain(answer.status);
      if (answer.status === 503) expect(answer.json.error.code).toBe('NOT_READY');
      if (answer.status >= 400) expect(answer.json.error.message).toEqual(expect.any(String));
    }
  });
});

describe('the REST door with other settings', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ KINDRED_BODY_LIMIT: '1MB', KINDRED_CORS: 'http://console.example' });
  });
  afterAll(() => server.dispose());

  it('hears a body that is too large to its end, so that its sender can read why', async () => {
    for (const path of ['/data/batch', '/lookalike']) {
      for (const announced of [true, false]) {
        const { status, text } = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
          const sent = Buffer.alloc(20 * 2 ** 20, 0x20);
          const headers = announced ? { 'content-length': sent.length } : { 'transfer-encoding': 'chunked' };
          const post = request(server.url + path, { method: 'POST', headers }, (response) => {
            let text = '';
            response.on('data', (chunk) => {
              text += chunk;
            });
            response.on('end', () => resolve({ status: response.statusCode, text }));
          });
          post.on('error', reject);
          post.end(sent);
        });
        expect([path, status, JSON.parse(text).error.code]).toEqual([path, 413, 'TOO_LARGE']);
      }
    }
  });

  it('does not wait for a body that never comes', async () => {
    const started = performance.now();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write('POST /data/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n{');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
    expect(performance.now() - started).toBeLessThan(5000);
    socket.destroy();
  });

  it('answers the preflight of every path for the origin that it allows, and no other', async () => {
    const preflight = async (path: string, origin: string) => {
      const headers = { origin, 'access-control-request-method': 'POST' };
      const response = await fetch(server.url + path, { method: 'OPTIONS', headers });
      return [response.ok, response.headers.get('access-control-allow-origin')];
    };
    for (const path of ['/graphql', '/lookalike', '/data/batch', '/status']) {
      expect([path, ...(await preflight(path, 'http://console.example'))]).toEqual([
        path,
        true,
        'http://console.example',
      ]);
      expect((await preflight(path, 'http://other.example'))[1]).toBeNull();
    }
  });
});

describe('the REST door with a token', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ KINDRED_REST_TOKEN: 'correct-horse' });
  });
  afterAll(() => server.dispose());

  it('is open for probes and pages, and for nothing else without the token', async () => {
    const status = async (path: string, headers: Record<string, string> = {}) =>
      (await fetch(server.url + path, { headers })).status;
    for (const path of ['/ready', '/live', '/status-page', '/docs', '/openapi.yml'])
      expect([path, await status(path)]).toEqual([path, 200]);
    for (const path of ['/status', '/metrics', '/experiments']) {
      expect([path, await status(path)]).toEqual([path, 401]);
      expect(await status(path, { authorization: 'Bearer wrong-horse' })).toBe(401);
      expect(await status(path, { accept: 'text/html' })).toBe(401);
      expect(await status(path, { authorization: 'Bearer correct-horse' })).toBe(200);
    }
  });
});
