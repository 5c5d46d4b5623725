import { MUTATIONS, SCOPES } from '@kindred/api/access/rules.ts';
import { schema } from '@kindred/api/graphql/schema.ts';
import { type GraphQLArgument, type GraphQLField, getNamedType, isEnumType, isNonNullType, isUnionType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AccessClient, type AccessServer, startAccessServer } from '../test/access-client.ts';

const UNKNOWN: Readonly<Record<string, unknown>> = {
  String: 'of no importance',
  Int: 1,
  Boolean: false,
  Json: {},
  Bytes: '',
  Upload: 'no file',
  DateTime: '2020-01-01T00:00:00Z',
};

/** A document that asks for the mutation with arguments of the right types, and about nothing that is there. */
function documentOf(
  name: string,
  { args, type }: GraphQLField<unknown, unknown>,
): { query: string; variables: object } {
  const needed = args.filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined);
  const head = needed.length === 0 ? '' : `(${needed.map((arg) => `$${arg.name}: ${arg.type}`).join(', ')})`;
  const call = needed.length === 0 ? '' : `(${needed.map((arg) => `${arg.name}: $${arg.name}`).join(', ')})`;
  const fields = isUnionType(getNamedType(type))
    ? '{ __typename }'
    : String(type) === 'Boolean!'
      ? ''
      : '{ __typename }';
  const variables = Object.fromEntries(needed.map((arg) => [arg.name, exampleOf(arg)]));
  return { query: `mutation${head} { ${name}${call} ${fields} }`, variables };
}

function exampleOf({ type, extensions }: GraphQLArgument): unknown {
  const named = getNamedType(type);
  const value = isEnumType(named)
    ? named.getValues()[0]?.name
    : named.name === 'ID'
      ? idFor(extensions.relayGlobalIDFor)
      : UNKNOWN[named.name];
  return String(type).includes('[') ? [value] : value;
}

/** @param kinds as Pothos notes what an argument is an id of. */
function idFor(kinds: unknown): string {
  const [kind] = z
    .array(z.object({ typename: z.string() }))
    .catch([])
    .parse(kinds);
  return Buffer.from(`${kind?.typename ?? 'Session'}:00000000-0000-7000-8000-000000000000`).toString('base64');
}

const documents = Object.entries(schema.getMutationType()?.getFields() ?? {}).map(
  ([name, field]) => [name, documentOf(name, field)] as const,
);

describe('roles, scopes and keys', () => {
  let server: AccessServer;
  beforeAll(async () => {
    server = await startAccessServer();
  });
  afterAll(() => server.dispose());

  const mayOf = async (client: AccessClient): Promise<string[]> => (await client.ask('{ me { may } }')).data.me.may;
  const refused = async (client: AccessClient) => {
    const names: string[] = [];
    for (const [name, { query, variables }] of documents) {
      const { errors } = await client.ask(query, variables);
      const code = errors?.[0]?.extensions.code;
      if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED') names.push(name);
      // Every document fits the schema: what is refused is refused by its rule.
      else expect([name, code]).not.toEqual([name, 'INVALID_INPUT']);
    }
    return names;
  };

  it('the list has a line for every mutation, and none for others', () => {
    expect(documents.map(([name]) => name).sort()).toEqual(Object.keys(MUTATIONS).sort());
  });

  it('a stranger may sign in', async () => {
    expect(await refused(server.stranger)).toEqual(documents.map(([name]) => name).filter((name) => name !== 'signIn'));
  });

  it.each(['viewer', 'operator', 'administrator'] as const)(
    'a %s may what the list says, and is told so',
    async (role) => {
      // Signing out would end it all, and so comes alone.
      const key = (await server.keyOf({ role })).client;
      const may = await mayOf(key);
      expect(may).toEqual(
        Object.entries(MUTATIONS).flatMap(([name, { needs }]) => {
          const reached = { stranger: 0, viewer: 0, operator: 1, administrator: 2, session: 9 }[needs];
          return reached <= ['viewer', 'operator', 'administrator'].indexOf(role) ? [name] : [];
        }),
      );
      expect(await refused(key)).toEqual(documents.map(([name]) => name).filter((name) => !may.includes(name)));
      const user = await server.userOf(role);
      expect((await mayOf(user)).sort()).toEqual([...may, 'signOut', 'changePassword', 'endSession'].sort());
      const listed = { viewer: 'FORBIDDEN', operator: 'FORBIDDEN', administrator: undefined }[role];
      for (const query of ['users', 'apiKeys', 'auditEntries'])
        expect([query, await user.refusal(`{ ${query} { nodes { id } } }`)]).toEqual([query, listed]);
      expect(await user.refusal('{ serviceStatus { ready } mySessions { id } }')).toBeUndefined();
    },
  );

  it('says which role is needed', async () => {
    const viewer = await server.userOf('viewer');
    const { errors } = await viewer.ask('mutation { commitVersion(version: "v") { __typename } }');
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('operator'),
        extensions: { code: 'FORBIDDEN', details: { needs: 'operator', role: 'viewer' } },
      },
    ]);
  });

  it('runs the operation that is asked for under its rule, whatever else the document has', async () => {
    const viewer = await server.userOf('viewer');
    const query = `query Harmless { serviceStatus { ready } }
      mutation Harm { ...F } fragment F on Mutation { innocent: commitVersion(version: "sneaked in") { __typename } }`;
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...viewer.headers },
      body: JSON.stringify({ query, operationName: 'Harm' }),
    });
    expect((await response.json()).errors[0].extensions.code).toBe('FORBIDDEN');
    const { data } = await viewer.ask('{ datasetVersions(name: "sneaked in") { nodes { id } } }');
    expect(data.datasetVersions.nodes).toEqual([]);
  });

  it('hides users, keys and the journal from node too', async () => {
    const { data } = await server.administrator.ask(
      '{ users { nodes { id } } auditEntries(first: 1) { nodes { id } } }',
    );
    const ids = [data.users.nodes[0].id, data.auditEntries.nodes[0].id, (await server.keyOf({})).id];
    const query = 'query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }';
    const viewer = await server.userOf('viewer');
    expect((await viewer.ask(query, { ids })).data.nodes).toEqual([null, null, null]);
    expect(
      (await server.administrator.ask(query, { ids })).data.nodes.map(
        (node: { __typename: string }) => node.__typename,
      ),
    ).toEqual(['User', 'AuditEntry', 'ApiKey']);
  });

  it('a scope narrows a key to its mutations, and reading is one', async () => {
    for (const scope of SCOPES) {
      const { client } = await server.keyOf({ role: 'administrator', scopes: [scope] });
      const own = Object.entries(MUTATIONS).flatMap(([name, rule]) => (rule.scope === scope ? [name] : []));
      expect((await mayOf(client)).sort()).toEqual([...own, 'signIn'].sort());
      const reads = await client.refusal('{ serviceStatus { ready } }');
      expect([scope, reads]).toEqual([scope, scope === 'read' ? undefined : 'FORBIDDEN']);
    }
    const { data } = await server.administrator.ask(
      'mutation { createApiKey(name: "x", role: viewer, scopes: ["everything"]) { ... on InvalidInputError { field } } }',
    );
    expect(data.createApiKey.field).toBe('scopes');
  });

  it('a key ends when it is revoked or its time is over; only its hash is kept', async () => {
    const REVOKE = 'mutation($id: ID!) { revokeApiKey(id: $id) { ... on ApiKey { revokedAt } } }';
    const { client, id, token } = await server.keyOf({ role: 'operator' });
    expect(token).toMatch(/^kdr_[0-9a-f]{8}_[\w-]{43}$/);
    expect((await client.ask('{ me { name role user { id } } }')).data.me).toMatchObject({
      role: 'operator',
      user: null,
    });
    const em = server.app.database.fork();
    expect(JSON.stringify(await em.execute('select * from api_key'))).not.toContain(token.slice(13));
    expect((await server.administrator.ask(REVOKE, { id })).data.revokeApiKey.revokedAt).not.toBeNull();
    const response = await client.send('{ me { name } }');
    expect([response.status, (await response.json()).errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);

    const soon = await server.keyOf({ expiresAt: new Date(Date.now() + 3600_000).toISOString() });
    expect((await soon.client.send('{ me { name } }')).status).toBe(200);
    await em.execute('update api_key set expires_at = now() where expires_at is not null');
    expect((await soon.client.send('{ me { name } }')).status).toBe(401);
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const wrong of [forged, 'kdr_', 'kdr_00000000_']) {
      const answer = await fetch(`${server.url}/status`, { headers: { authorization: `Bearer ${wrong}` } });
      expect([wrong, answer.status]).toEqual([wrong, 401]);
    }
  });

  it('a key has its role at REST, which is open to others', async () => {
    const commit = (headers: Record<string, string>, version: string) =>
      fetch(`${server.url}/data/commit`, { method: 'POST', headers, body: JSON.stringify({ version }) });
    const viewer = await server.keyOf({ role: 'viewer' });
    const refusal = await commit(viewer.client.headers, 'by a viewer');
    expect([refusal.status, (await refusal.json()).error.code]).toEqual([403, 'FORBIDDEN']);
    expect((await commit((await server.keyOf({ scopes: ['jobs'] })).client.headers, 'by a narrow key')).status).toBe(
      403,
    );
    expect((await commit((await server.keyOf({})).client.headers, 'by an operator')).status).toBe(200);
    expect((await commit({}, 'by anybody')).status).toBe(200);
  });

  it('writes down when a key was used, once a minute', async () => {
    const { client, id } = await server.keyOf({});
    const used = async () => {
      const { data } = await server.administrator.ask(
        'query($id: ID!) { node(id: $id) { ... on ApiKey { lastUsedAt } } }',
        { id },
      );
      return data.node.lastUsedAt;
    };
    expect(await used()).toBeNull();
    await client.ask('{ me { name } }');
    const first = await used();
    await client.ask('{ me { name } }');
    expect(await used()).toBe(first);
    await server.app.database.fork().execute("update api_key set last_used_at = now() - interval '61 seconds'");
    await client.ask('{ me { name } }');
    expect(Date.parse(await used())).toBeGreaterThanOrEqual(Date.parse(first));
  });
});
