import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

const LIMITS = { KINDRED_UPLOAD_LIMIT: '5MB', KINDRED_UPLOAD_ROWS: '1000', KINDRED_UPLOAD_COLUMNS: '50' };
const SHOPS = 'city;size;open;since\r\nМосква;1,5;да;01.02.2020\r\n"Орёл; центр";;нет;2021-03-04\r\n';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ ...LIMITS, KINDRED_CORS: 'https://console.example' });
});
afterAll(() => server.dispose());

type Body = string | Uint8Array<ArrayBuffer>;

function form(file: Body | undefined, fields: Record<string, string> = {}, fileName = 'shops.csv'): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  if (file !== undefined) data.set('file', new File([file], fileName));
  return data;
}

async function call(method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}) {
  const response = await fetch(server.url + path, { method, headers, redirect: 'manual', ...(body ? { body } : {}) });
  const bytes = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get('content-type') ?? '';
  const json = type.includes('json') ? JSON.parse(bytes.toString()) : undefined;
  return { status: response.status, headers: response.headers, bytes, json };
}

const upload = (file: Body, fields: Record<string, string> = {}, fileName?: string) =>
  call('POST', '/api/datasets/', form(file, fields, fileName));

async function graphql(query: string, variables: Record<string, unknown> = {}) {
  const body = JSON.stringify({ query, variables });
  return (await call('POST', '/graphql', body, { 'content-type': 'application/json' })).json;
}

describe('the life of a data set over REST', () => {
  it('is stored, profiled, listed, given back byte for byte, replaced, renamed and deleted', async () => {
    const made = await upload(SHOPS, { name: 'Shops' }, 'магазины.csv');
    expect(made.status).toBe(201);
    const { id } = made.json;
    expect(made.json).toMatchObject({
      name: 'Shops',
      file: `/api/datasets/${id}/file/`,
      file_url: `${server.url}/api/datasets/${id}/file/`,
      file_name: 'магазины.csv',
      columns: ['city', 'size', 'open', 'since'],
      rows: 2,
      encoding: 'utf-8',
      delimiter: ';',
      preview: [
        { city: 'Москва', size: 1.5, open: true, since: '2020-02-01' },
        { city: 'Орёл; центр', size: null, open: false, since: '2021-03-04' },
      ],
    });
    expect(made.json.profile.map(({ type }: { type: string }) => type)).toEqual(['text', 'number', 'boolean', 'date']);
    expect(made.json.profile[1]).toMatchObject({ missing: 1, distinct: 1, min: 1.5, max: 1.5, std: null });
    expect(new Date(made.json.uploaded_at).getTime()).toBeGreaterThan(Date.now() - 60_000);

    const file = await call('GET', `/api/datasets/${id}/file/`);
    expect(file.bytes).toEqual(Buffer.from(SHOPS));
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="________.csv"; filename*=UTF-8''${encodeURIComponent('магазины.csv')}`,
    );
    const head = await call('HEAD', `/api/datasets/${id}/file`);
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(Buffer.byteLength(SHOPS))]);
    expect((await call('GET', `/api/datasets/${id}/profile/`)).json).toEqual({
      id,
      rows: 2,
      columns: made.json.profile,
    });

    const twin = await upload(SHOPS, { name: 'Shops' });
    expect(twin.status).toBe(201);
    const listed = (await call('GET', '/api/datasets?limit=2')).json;
    expect(listed.map((one: { id: string }) => one.id)).toEqual([twin.json.id, id]);
    expect((await call('GET', '/api/datasets/?page=2&limit=1')).json[0].id).toBe(id);

    const replaced = await call('PUT', `/api/datasets/${id}/`, form('a,b\n1,2\n', { name: 'Other' }, 'b.csv'));
    expect(replaced).toMatchObject({ status: 200, json: { id, name: 'Other', columns: ['a', 'b'], rows: 1 } });
    const versions = await graphql(
      `{ datasetVersions(dataset: "Other") { nodes { name status table { rows fileName } } } }`,
    );
    expect(versions.data.datasetVersions.nodes).toEqual([
      { name: '2', status: 'processed', table: { rows: 1, fileName: 'b.csv' } },
      { name: '1', status: 'processed', table: { rows: 2, fileName: 'магазины.csv' } },
    ]);
    const patched = await call('PATCH', `/api/datasets/${id}`, '{"name":"Third"}', {
      'content-type': 'application/json',
    });
    expect(patched).toMatchObject({ status: 200, json: { name: 'Third', columns: ['a', 'b'] } });
    expect((await call('PATCH', `/api/datasets/${id}/`, form('x\ny\n'))).json).toMatchObject({
      name: 'Third',
      columns: ['x'],
    });

    expect(await call('DELETE', `/api/datasets/${id}/`)).toMatchObject({ status: 204, bytes: Buffer.alloc(0) });
    for (const path of ['', 'file/', 'profile/']) {
      const gone = await call('GET', `/api/datasets/${id}/${path}`);
      expect([gone.status, gone.json.detail]).toEqual([404, `There is no data set ${id}`]);
    }
    // The other upload of the same bytes still has them.
    expect((await call('GET', `/api/datasets/${twin.json.id}/file/`)).bytes).toEqual(Buffer.from(SHOPS));
  });

  it('keeps a data set whose job is running', async () => {
    const { json } = await upload('a,b\n1,2\n', { name: 'busy' });
    const em = server.app.database.fork();
    await em.execute(
      `insert into job (id, pipeline, dataset_version_id, status, progress, message, params, seed, attempt, lease_token, cancel_requested, created_at)
       select dataset_version.id, 'clustering', dataset_version.id, 'running', 0, '', '{}', 1, 1, 1, false, now() from dataset_version where dataset_id = ?`,
      [json.id],
    );
    const refused = await call('DELETE', `/api/datasets/${json.id}/`);
    expect([refused.status, refused.json.error.code]).toEqual([409, 'INVALID_STATE']);
    await em.execute(`update job set status = 'completed' where pipeline = 'clustering'`);
    expect((await call('DELETE', `/api/datasets/${json.id}/`)).status).toBe(204);
  });

  it('leads old pages to the console', async () => {
    for (const path of ['/datasets/', '/datasets/upload/']) {
      const { status, headers } = await call('GET', path);
      expect([path, status, headers.get('location')]).toEqual([path, 302, '/#/datasets']);
    }
  });
});

const wide = (columns: number) => `${Array.from({ length: columns }, (_, i) => `c${i}`).join(',')}\n`;
const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))));

describe('files that are no usable tables', () => {
  it.each<[string, Body, number, RegExp]>([
    ['a row too short', 'a,b,c\n1,2,3\n4,5\n', 422, /^line 3, column 3: 2 cells where the header has 3 cells/],
    ['a row too long', 'a,b\n1,2\n\n3,4,5\n', 422, /^line 4, column 3: 3 cells where/],
    ['a quote left open', 'a,b\n1,"x\n2,y\n', 422, /^line 2, column 2: a quote is opened here and never closed/],
    ['text behind a quote', 'a,b\n"x"y,1\n', 422, /^line 2, column 1: text follows a closing quote/],
    ['no header', '1.5,2\n3,4\n', 422, /^line 1, column 1: the first line must name the columns.*"1.5"/],
    ['no header, whole numbers', '1,2\n3,4\n', 422, /^line 1, column 1: the first line must name/],
    ['a name twice', 'a,b,a\n1,2,3\n', 422, /^line 1, column 3: columns 1 and 3 have the same name "a"/],
    ['infinity', 'a,b\n1,2\n3,-inf\n', 422, /^line 3, column 2 \("b"\): "-inf" is no finite number/],
    ['beyond doubles', 'a\n1e999\n', 422, /^line 2, column 1 \("a"\)/],
    ['nothing', '', 422, /the file is empty/],
    ['empty lines', '\n\r\n\n', 422, /nothing but empty lines/],
    ['a header alone', 'a,b\n', 422, /^line 1: the file has a line of names and no rows/],
    ['a NUL', 'a,b\n1,\0\n', 422, /^line 2: there is a NUL byte/],
    ['a NUL in UTF-16', bytes([0xff, 0xfe, 97, 0, 10, 0, 0, 0, 10, 0]), 422, /^line 2: there is a NUL character/],
    [
      'a ZIP archive',
      bytes('PK', [3, 4], 'xxxxxxx'),
      422,
      /is a ZIP archive or an Excel workbook; save the table as CSV/,
    ],
    ['a picture', bytes([0x89], 'PNG', [13, 10, 26, 10, 0, 0]), 422, /is a PNG picture/],
    [
      'noise',
      bytes(Array.from({ length: 5000 }, (_, i) => 1 + ((i * i * 7919) % 255))),
      422,
      /^line \d+: the byte 0x[0-9a-f]+ is no valid UTF-8/,
    ],
    ['UTF-8 with a flaw', bytes('имя,b\nя,1\n', [0xff], ',2\n'), 422, /^line 3: the byte 0xff is no valid UTF-8/],
    ['a character cut off', bytes('a,b\nя,1\nx,', [0xd0]), 422, /^line 3: the byte 0xd0/],
    ['a broken UTF-16', bytes([0xff, 0xfe, 97, 0, 10, 0, 0, 0xd8, 10, 0]), 422, /no valid utf-16le/],
    ['a line of 4.9 MB', `a\n${'x'.repeat(4.9 * 2 ** 20)}`, 422, /^line 2: the line is longer than 4 MB/],
    ['too many columns', wide(51), 422, /^line 1: the table has 51 columns, more than the limit of 50/],
    ['too many rows', `a\n${'1\n'.repeat(1001)}`, 422, /^line 1002: the table has more than 1000 rows/],
    ['too large', 'x'.repeat(5 * 2 ** 20 + 1), 413, /larger than the limit of 5 MB/],
  ])('%s', async (_what, file, status, detail) => {
    const answer = await upload(file);
    expect([answer.status, answer.json.detail]).toEqual([status, expect.stringMatching(detail)]);
    expect(answer.json.error.message).toBe(answer.json.detail);
  });

  it('leaves nothing of them behind', async () => {
    const [{ count }] = await server.app.database
      .fork()
      .execute<[{ count: string }]>(
        `select count(*) as count from dataset_version where status <> 'processed' and tables_received::text like '%table%'`,
      );
    expect(Number(count)).toBe(0);
  });

  it.each<[string, Body, object]>([
    ['only text', 'a,b\nx,y\nz,w\n', { warnings: [expect.stringMatching(/No column holds numbers/)] }],
    ['one row', 'a,b\n1,2\n', { rows: 1, warnings: [expect.stringMatching(/one row/)] }],
    ['one column', 'a\n1\n2\n', { columns: ['a'], warnings: ['There is one column.'] }],
    ['a column without values', 'a,b\n1,\n2,NA\n', { warnings: ['No value at all in "b".'] }],
    ['a name missing', ',b\n1,3\n2,4\n', { columns: ['column_1', 'b'] }],
    ['no line end at the end', 'a,b\n1,2\n3,4', { rows: 2 }],
    ['old line ends', 'a,b\r1,2\r3,4\r', { rows: 2, columns: ['a', 'b'] }],
    ['odd names', '__proto__,2019\n1,2\n', { columns: ['__proto__', '2019'] }],
    [
      'Windows-1251',
      bytes('a;b\n', [0xcc, 0xee, 0xf1, 0xea, 0xe2, 0xe0], ';1\n'),
      { encoding: 'cp1251', preview: [{ a: 'Москва', b: 1 }] },
    ],
    [
      'UTF-16',
      new Uint8Array(Buffer.from('\ufeffа\tb\nя\t"x\ny"\n', 'utf16le')),
      { encoding: 'utf-16-le', delimiter: '\t', preview: [{ а: 'я', b: 'x\ny' }] },
    ],
    [
      'UTF-16, the other way, unmarked',
      new Uint8Array(Buffer.from('a|b\n1|2\n', 'utf16le').swap16()),
      { encoding: 'utf-16-be', delimiter: '|' },
    ],
    ['UTF-8 with a mark', '\ufeffa,b\n1,2\n', { encoding: 'utf-8-sig', columns: ['a', 'b'] }],
  ])('takes %s', async (_what, file, expected) => {
    expect(await upload(file)).toMatchObject({ status: 201, json: expected });
  });

  it('says which part of the request is wrong', async () => {
    const cases: [Promise<Awaited<ReturnType<typeof call>>>, number, RegExp][] = [
      [call('POST', '/api/datasets/', form(undefined, { name: 'x' })), 400, /^file is required/],
      [call('POST', '/api/datasets/', '{}', { 'content-type': 'text/plain' }), 415, /multipart\/form-data/],
      [
        call('POST', '/api/datasets/', 'x', { 'content-type': 'multipart/form-data; boundary=y' }),
        400,
        /broken|broke off/,
      ],
      [call('POST', '/api/datasets/', 'x', { 'content-type': 'multipart/form-data;' }), 400, /no boundary/],
      [upload('a\n1\n', { name: 'x'.repeat(201) }), 400, /^name must have 1 to 200 characters/],
      [upload('a\n1\n', { encoding: 'koi8-r' }), 400, /^encoding must be one of/],
      [upload('a\n1\n', { delimiter: 'x' }), 400, /^delimiter must be/],
      [
        call('PATCH', '/api/datasets/0190a0a0-0000-7000-8000-000000000000/', form('a\n1\n')),
        404,
        /^There is no data set/,
      ],
      [call('DELETE', '/api/datasets/x/'), 404, /^There is no/],
      [call('GET', '/api/datasets/?limit=0'), 400, /^limit must be/],
      [call('GET', '/api/nothing'), 404, /nothing at/],
      [call('PUT', '/api/datasets/'), 405, /not a method/],
    ];
    for (const [request, status, detail] of cases) {
      const { status: answered, json } = await request;
      expect([answered, json.detail]).toEqual([status, expect.stringMatching(detail)]);
    }
  });

  it('takes forms of its own pages and of the allowed origin, and of no other', async () => {
    const from = async (origin: string) => (await call('POST', '/api/datasets/', form('a\n1\n'), { origin })).status;
    expect(await from('https://evil.example')).toBe(403);
    expect(await from('null')).toBe(403);
    expect(await from('https://console.example')).toBe(201);
    expect(await from(server.url)).toBe(201);
  });
});

describe('uploads over GraphQL', () => {
  const FIELDS =
    '... on Dataset { id name table { rows columns { name type numbers { max } } } } ... on DomainError { code message }';
  const DOCUMENT = `mutation($file: Upload!) { uploadTable(file: $file, name: "by GraphQL", upload: "mine") { ${FIELDS} } }`;

  async function multipart(query: string, variables: object, map: object, file: Body = 'a,b\n1,x\n2,y\n') {
    const data = new FormData();
    data.set('operations', JSON.stringify({ query, variables }));
    data.set('map', JSON.stringify(map));
    data.set('0', new File([file], 'g.csv'));
    return call('POST', '/graphql', data);
  }

  it('takes the multipart request of the specification, tells how far it is, and deletes by name alone', async () => {
    const told = server.app.events.stream('tableProgress');
    const { json } = await multipart(DOCUMENT, { file: null }, { 0: ['variables.file'] });
    const made = json.data.uploadTable;
    expect(made).toMatchObject({
      name: 'by GraphQL',
      table: {
        rows: 2,
        columns: [
          { name: 'a', type: 'integer', numbers: { max: 2 } },
          { name: 'b', type: 'text', numbers: null },
        ],
      },
    });
    for await (const event of told) {
      expect(event.upload).toBe('mine');
      if (event.done === 1) break;
    }
    const remove = (confirm: string | null) =>
      graphql('mutation($i: ID!, $c: String) { deleteDataset(id: $i, confirm: $c) { __typename } }', {
        i: made.id,
        c: confirm,
      });
    expect((await remove(null)).data.deleteDataset.__typename).toBe('InvalidInputError');
    expect((await remove('by graphql')).data.deleteDataset.__typename).toBe('InvalidInputError');
    expect((await remove('by GraphQL')).data.deleteDataset.__typename).toBe('DeletedDataset');
    expect(
      (await graphql('query($i: ID!) { dataset(id: $i) { id } node(id: $i) { id } }', { i: made.id })).data,
    ).toEqual({ dataset: null, node: null });
  });

  it('refuses maps that do not fit, files that are none, and tables that are none', async () => {
    const code = async (variables: object, map: object) => {
      const { status, json } = await multipart(DOCUMENT, variables, map);
      return [status, json.error?.code ?? json.errors?.[0].extensions.code ?? json.data.uploadTable.code];
    };
    expect(await code({ file: null }, { 0: ['variables.other'] })).toEqual([400, 'INVALID_INPUT']);
    expect(await code({ file: null }, { 1: ['variables.file'] })).toEqual([400, 'INVALID_INPUT']);
    expect(await code({ file: null }, { 0: ['__proto__.polluted'] })).toEqual([400, 'INVALID_INPUT']);
    expect(await code({ file: 'guess' }, {})).toEqual([200, 'INVALID_INPUT']);
    const bad = await multipart(DOCUMENT, { file: null }, { 0: ['variables.file'] }, 'a,b\n1\n');
    expect(bad.json.data.uploadTable).toMatchObject({ code: 'BAD_TABLE', message: expect.stringMatching(/^line 2/) });
  });
});
