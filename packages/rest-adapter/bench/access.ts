/**
 * `pnpm bench access [requests]`: what the access check costs a GraphQL request over HTTP. The same small query with nothing to show (a server
 * that takes strangers for the process itself, as tests do), with the REST token, a session and an API key, in turns.
 */
import { Agent, request } from 'node:http';
import { ensureAdministrator } from '@kindred/api/access/first-administrator.ts';
import { AccessClient, cookieOf, PASSWORD } from '../src/test/access-client.ts';
import { startTestServer } from '../src/test/start-test-server.ts';

const REQUESTS = Number(process.argv[2] ?? 2000);
const ROUNDS = 10;
const TOKEN = 'token-of-benchmark';
const BODY = JSON.stringify({ query: '{ serviceStatus { ready } }' });

const server = await startTestServer({ KINDRED_ADMIN_PASSWORD: PASSWORD, KINDRED_REST_TOKEN: TOKEN });
await ensureAdministrator(server.app);
const stranger = new AccessClient(server.url);
const signedIn = await stranger.send(`mutation { signIn(name: "admin", password: "${PASSWORD}") { __typename } }`);
const { data } = await stranger.ask(
  'mutation { createApiKey(name: "bench", role: viewer) { ... on CreatedApiKey { token } } }',
);

/** What is shown, by the name under which it is printed. */
const shown: Readonly<Record<string, Record<string, string>>> = {
  'no check': {},
  'REST token': { authorization: `Bearer ${TOKEN}` },
  session: { cookie: cookieOf(signedIn) },
  'API key': { authorization: `Bearer ${data.createApiKey.token}` },
};

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const { hostname, port } = new URL(server.url);

function ask(headers: Record<string, string>): Promise<number> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const sent = { 'content-type': 'application/json', 'content-length': BODY.length, ...headers };
    const outgoing = request({ hostname, port, path: '/graphql', method: 'POST', agent, headers: sent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () =>
        text.includes('"ready":false') ? resolve(performance.now() - begun) : reject(new Error(text)),
      );
    });
    outgoing.on('error', reject).end(BODY);
  });
}

/** Processor time of a request, in milliseconds. */
const work = new Map<string, number>();
const times = new Map(Object.keys(shown).map((name) => [name, [] as number[]]));
for (const headers of Object.values(shown)) for (let warm = 0; warm < 300; warm++) await ask(headers);
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, headers] of Object.entries(shown)) {
    const before = process.cpuUsage();
    for (let at = 0; at < REQUESTS / ROUNDS; at++) times.get(name)?.push(await ask(headers));
    const { user, system } = process.cpuUsage(before);
    work.set(name, (work.get(name) ?? 0) + (user + system) / 1000 / REQUESTS);
  }
}

const quantile = (sorted: readonly number[], q: number) => sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
const [least = Number.NaN] = work.values();
for (const [name, all] of times) {
  const sorted = all.toSorted((a, b) => a - b);
  const median = quantile(sorted, 0.5);
  const own = work.get(name) ?? Number.NaN;
  const tail = quantile(sorted, 0.95);
  console.log(
    `${name.padEnd(10)} processor ${own.toFixed(3)} ms, ratio ${(own / least).toFixed(2)}; clock: median ${median.toFixed(3)} ms, 95 % ${tail.toFixed(3)} ms`,
  );
}
agent.destroy();
await server.dispose();
