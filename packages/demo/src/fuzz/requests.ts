import { Random } from '../random.ts';
import { graphqlBody } from './graphql.ts';
import { oddValue } from './odd-value.ts';

/** Names that a careless service would take for folders, for itself or for nothing. */
const VERSIONS = ['..', '.', 'a/b', '../../etc/passwd', '__proto__', 'constructor', ' ', '\n', '😀', 'v'.repeat(200)];

/** One request as a fuzzer sends it. */
export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

const TABLES = [
  'people',
  'transaction',
  'offer',
  'merchant',
  'segments',
  'receipts',
  'passwords',
  '',
  '../people',
  '__proto__',
];
const PATHS = [
  '/ready',
  '/status',
  '/model/info',
  '/monitoring/drift',
  '/monitoring/data-quality',
  '/experiments',
  '/lookalike',
  '/lookalike/batch',
  '/data/batch',
  '/data/commit',
  '/graphql',
  '/nothing/here',
  '/lookalike/',
  '/lookalike//',
  '/%00',
  '/status?x=%ff',
  '/data/batch?version=1',
  '/../../etc/passwd',
  '/%E0%A4%A',
  '/experiments/1/2/3',
];

function soundBody(
  random: Random,
  path: string,
  offers: readonly { id: number; merchantId: number }[],
): Record<string, unknown> {
  const offer = offers.length > 0 ? random.pick(offers) : { id: 1, merchantId: 1 };
  const audience = { merchant_id: offer.merchantId, offer_id: offer.id, top_n: random.between(1, 50) };
  if (path.startsWith('/lookalike/batch'))
    return { requests: Array.from({ length: random.between(1, 3) }, () => audience) };
  if (path.startsWith('/lookalike')) return audience;
  if (path.startsWith('/graphql')) return { ...graphqlBody(random, offers) };
  const version = random.next() < 0.2 ? random.pick(VERSIONS) : `fuzz ${random.below(6)}`;
  if (path.startsWith('/data/commit')) return { version };
  const record = { user_id: random.between(1, 500), age_bucket: 30, event_date: '2025-07-01', brand_dk: '428916.0' };
  return {
    version,
    table: random.pick(TABLES),
    batch_id: random.between(1, 4),
    total_batches: random.next() < 0.05 ? 2 ** 31 - 1 : 4,
    records: Array.from({ length: random.below(4) }, () => record),
  };
}

/** Breaks a body: a field changed, dropped or added, or the text itself cut or spoiled. */
function broken(random: Random, body: Record<string, unknown>): string {
  const keys = Object.keys(body);
  const key = random.pick(keys);
  const kind = random.below(11);
  if (kind <= 3) return JSON.stringify({ ...body, [key]: oddValue(random) });
  if (kind === 4) return JSON.stringify(Object.fromEntries(Object.entries(body).filter(([name]) => name !== key)));
  if (kind === 5) return JSON.stringify(oddValue(random));
  const text = JSON.stringify(body);
  if (kind === 6) return text.slice(0, random.below(text.length));
  if (kind === 7)
    return text.replace(/\d+/, () => random.pick(['NaN', 'Infinity', '01', '1e999', '--1', '0x10', '9'.repeat(400)]));
  if (kind === 8) return text.replace(/\{([^{}]*)\}/, '{"user_id":1,"user_id":2,"USER_ID":3,$1}');
  if (kind === 9) {
    const levels = random.pick([50, 1000, 100_000]);
    return text.replace(/:(?:\d+|"[^"]*")/, `:${'['.repeat(levels)}${']'.repeat(levels)}`);
  }
  return '['.repeat(random.between(1, 5000));
}

/** Request number `index` of a fuzz run: the same for the same seed. */
export function fuzzRequest(
  seed: number,
  index: number,
  offers: readonly { id: number; merchantId: number }[],
): FuzzRequest {
  const random = new Random(seed, 0xf0221, index);
  const path =
    random.next() < 0.6
      ? random.pick(['/lookalike', '/lookalike/batch', '/data/batch', '/data/batch', '/graphql'])
      : random.pick(PATHS);
  const posts = /lookalike|data|graphql/.test(path);
  const usual = posts ? 'POST' : 'GET';
  const method =
    random.next() < 0.9 ? usual : random.pick(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']);
  // A commit starts a pipeline; a few of them are enough.
  if (path === '/data/commit' && method === 'POST' && random.next() < 0.8)
    return { method: 'GET', path: '/status', body: undefined, headers: {} };
  const headers: Record<string, string> = {};
  if (random.next() < 0.1)
    headers['content-type'] = random.pick([
      'text/plain',
      'application/xml',
      'application/json; charset=utf-16',
      '',
      'multipart/form-data',
    ]);
  if (random.next() < 0.02) headers['content-encoding'] = random.pick(['gzip', 'br', 'identity', 'x']);
  if (random.next() < 0.05) headers['x-odd'] = 'x'.repeat(random.between(1, 4000));
  if (random.next() < 0.03) headers.accept = random.pick(['text/html', 'image/png', '*/*;q=0']);
  if (path === '/graphql' && method === 'GET') {
    const { query, variables } = graphqlBody(random, offers);
    const search = new URLSearchParams({ query, variables: JSON.stringify(variables) ?? '' });
    // Longer addresses are refused by HTTP itself.
    return { method, path: `${path}?${search}`.slice(0, 8000), body: undefined, headers };
  }
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return { method, path, body: undefined, headers };
  const body = soundBody(random, path, offers);
  return { method, path, body: random.next() < 0.2 ? JSON.stringify(body) : broken(random, body), headers };
}
