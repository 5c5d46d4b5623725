import { ensureAdministrator } from '@kindred/api/access/first-administrator.ts';
import type { AppParts } from '@kindred/api/app.ts';
import { startTestServer, type TestServer } from './start-test-server.ts';

export const PASSWORD = 'correct horse battery';

export interface GraphqlAnswer {
  /** Of whatever form. */
  readonly data: ReturnType<typeof JSON.parse>;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** A caller of the GraphQL door, with what it shows. */
export class AccessClient {
  readonly #url: string;
  readonly headers: Record<string, string>;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.#url = url;
    this.headers = headers;
  }

  async send(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.#url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers, ...headers },
      body: JSON.stringify({ query, variables }),
    });
  }

  async ask(query: string, variables: object = {}): Promise<GraphqlAnswer> {
    return (await this.send(query, variables)).json() as Promise<GraphqlAnswer>;
  }

  /** The code of the first error. */
  async refusal(query: string, variables: object = {}): Promise<string | undefined> {
    return (await this.ask(query, variables)).errors?.[0]?.extensions.code;
  }
}

export const cookieOf = (response: Response): string =>
  (response.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';

const SIGN_IN = `mutation($name: String!, $password: String!) { signIn(name: $name, password: $password) {
  __typename ... on Me { name role mustChangePassword } ... on SignInRefusedError { code retryAfter } } }`;

/** Signs in at a service whose administrator has `PASSWORD`. */
export async function signedIn(url: string): Promise<AccessClient> {
  const response = await new AccessClient(url).send(SIGN_IN, { name: 'admin', password: PASSWORD });
  return new AccessClient(url, { cookie: cookieOf(response) });
}

export interface AccessServer extends TestServer {
  readonly stranger: AccessClient;
  readonly administrator: AccessClient;
  signIn(name: string, password?: string): Promise<{ client: AccessClient; answer: GraphqlAnswer; response: Response }>;
  /** Signed in as a new user of that role. */
  userOf(role: string, name?: string): Promise<AccessClient>;
  keyOf(key: object): Promise<{ client: AccessClient; id: string; token: string }>;
}

/** A server with the access that `npm start` has, and its administrator signed in. */
export async function startAccessServer(
  env: Record<string, string> = {},
  watchEveryMs?: number,
  parts?: AppParts,
): Promise<AccessServer> {
  const server = await startTestServer({ KINDRED_ADMIN_PASSWORD: PASSWORD, ...env }, parts, { watchEveryMs });
  await ensureAdministrator(server.app);
  const stranger = new AccessClient(server.url);
  const signIn: AccessServer['signIn'] = async (name, password = PASSWORD) => {
    const response = await stranger.send(SIGN_IN, { name, password });
    const answer = (await response.clone().json()) as GraphqlAnswer;
    return { client: new AccessClient(server.url, { cookie: cookieOf(response) }), answer, response };
  };
  const { client: administrator } = await signIn('admin');
  let made = 0;
  return {
    ...server,
    stranger,
    administrator,
    signIn,
    async userOf(role, name = `${role}-${++made}`) {
      const { data } = await administrator.ask(
        `mutation($name: String!, $role: Role!, $password: String!) {
          createUser(name: $name, role: $role, password: $password) { __typename ... on DomainError { message } } }`,
        { name, role, password: PASSWORD },
      );
      if (data?.createUser.__typename !== 'User') throw new Error(JSON.stringify(data));
      return (await signIn(name)).client;
    },
    async keyOf(key) {
      const { data, errors } = await administrator.ask(
        `mutation($name: String!, $role: Role!, $scopes: [String!], $expiresAt: DateTime) {
          createApiKey(name: $name, role: $role, scopes: $scopes, expiresAt: $expiresAt) {
            ... on CreatedApiKey { token apiKey { id scopes prefix } } ... on DomainError { message } } }`,
        { name: `key-${++made}`, role: 'operator', ...key },
      );
      if (!data?.createApiKey.token) throw new Error(JSON.stringify({ data, errors }));
      const { token, apiKey } = data.createApiKey;
      return { client: new AccessClient(server.url, { authorization: `Bearer ${token}` }), id: apiKey.id, token };
    },
  };
}
