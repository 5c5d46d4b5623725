import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccessServer, PASSWORD, startAccessServer } from '../test/access-client.ts';

describe('users, as an administrator keeps them', () => {
  let server: AccessServer;
  beforeAll(async () => {
    server = await startAccessServer();
  });
  afterAll(() => server.dispose());

  const idOf = async (name: string): Promise<string> => {
    const { data } = await server.administrator.ask('{ users(first: 100) { nodes { id name } } }');
    return data.users.nodes.find((user: { name: string }) => user.name === name).id;
  };
  const CHANGE = `mutation($id: ID!, $role: Role, $active: Boolean) { changeUser(id: $id, role: $role, active: $active) {
    __typename ... on User { role active } ... on ConflictError { code } } }`;

  it('refuses short passwords, odd names and names that are taken', async () => {
    const create = async (name: string, password: string) => {
      const { data } = await server.administrator.ask(
        `mutation($name: String!, $password: String!) { createUser(name: $name, role: viewer, password: $password) {
          __typename ... on InvalidInputError { field } ... on ConflictError { code } ... on User { name } } }`,
        { name, password },
      );
      return data.createUser;
    };
    expect(await create('short', 'elevensigns')).toMatchObject({ field: 'password' });
    expect(await create('two words', PASSWORD)).toMatchObject({ field: 'name' });
    expect(await create('', PASSWORD)).toMatchObject({ field: 'name' });
    expect(await create('Zoë', PASSWORD)).toEqual({ __typename: 'User', name: 'zoë' });
    expect(await create('ZOË', PASSWORD)).toMatchObject({ code: 'CONFLICT' });
    const rows = await server.app.database.fork().execute('select * from user_account');
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
  });

  it('keeps one active administrator', async () => {
    const id = await idOf('admin');
    for (const change of [{ role: 'viewer' }, { active: false }])
      expect((await server.administrator.ask(CHANGE, { id, ...change })).data.changeUser.code).toBe('INVALID_STATE');
    const other = await server.userOf('administrator', 'second');
    const both = await Promise.all([
      server.administrator.ask(CHANGE, { id: await idOf('second'), role: 'viewer' }),
      other.ask(CHANGE, { id, role: 'viewer' }),
    ]);
    const codes = both.map(({ data, errors }) => data?.changeUser.code ?? errors?.[0]?.extensions.code ?? 'OK');
    // One puts the other out; whoever comes second is no administrator any more, or would be the last.
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1);
    const { administrators } = (
      await server.app.database
        .fork()
        .execute<{ administrators: number }[]>(
          "select count(*)::int as administrators from user_account where role = 'administrator' and active",
        )
    )[0] as { administrators: number };
    expect(administrators).toBe(1);
    await server.app.database.fork().execute("update user_account set role = 'administrator' where name = 'admin'");
  });

  it('a change of role counts at once, and who is put out is out', async () => {
    const user = await server.userOf('viewer', 'promoted');
    const id = await idOf('promoted');
    await server.administrator.ask(CHANGE, { id, role: 'operator' });
    expect((await user.ask('{ me { role } }')).data.me.role).toBe('operator');
    await server.administrator.ask(CHANGE, { id, active: false });
    expect((await user.ask('{ me { role } }')).data.me).toBeNull();
    expect((await server.signIn('promoted')).answer.data.signIn.code).toBe('UNAUTHENTICATED');
    await server.administrator.ask(CHANGE, { id, active: true });
    expect((await server.signIn('promoted')).answer.data.signIn.name).toBe('promoted');
  });

  it('gives a one-time password, with which nothing else is possible than choosing another', async () => {
    const user = await server.userOf('operator', 'forgetful');
    const { data } = await server.administrator.ask(
      'mutation($id: ID!) { resetPassword(id: $id) { ... on OneTimePassword { password user { name } } } }',
      { id: await idOf('forgetful') },
    );
    const { password } = data.resetPassword;
    expect((await user.ask('{ me { name } }')).data.me).toBeNull();
    expect((await server.signIn('forgetful')).answer.data.signIn.code).toBe('UNAUTHENTICATED');
    const { client, answer } = await server.signIn('forgetful', password);
    expect(answer.data.signIn.mustChangePassword).toBe(true);
    expect((await client.ask('{ me { may } }')).data.me.may).toEqual(['signIn', 'signOut', 'changePassword']);
    expect(await client.refusal('{ serviceStatus { ready } }')).toBe('FORBIDDEN');
    const changed = await client.ask(
      `mutation($current: String!) { changePassword(current: $current, next: "${PASSWORD}") { ... on Me { mustChangePassword } } }`,
      { current: password },
    );
    expect(changed.data.changePassword).toEqual({ mustChangePassword: false });
    expect((await server.signIn('forgetful')).answer.data.signIn.mustChangePassword).toBe(false);
  });
});
