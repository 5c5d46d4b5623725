import { Random } from '../random.ts';

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

/** A value of any kind, mostly of the wrong one. */
function oddValue(random: Random, depth = 0): unknown {
  switch (random.below(depth > 3 ? 12 : 14)) {
    case 0:
      return null;
    case 1:
      return random.next() < 0.5;
    case 2:
      return random.between(-3, 2000);
    case 3:
      return random.next() * 10 - 5;
    case 4:
      return random.pick([1e308, -1e308, 2 ** 53, 2 ** 63, -0, 1e-320]);
    case 5:
      return '';
    case 6:
      return String(random.between(-5, 1000));
    case 7:
      return random.pick(['nan', 'NaN', 'null', 'Infinity', '428916.0', '1970-01-01', '2099-13-45', 't_10 (40)']);
    case 8:
      return '\u0000\ud800\u202e'.repeat(random.between(1, 5));
    case 9:
      return 'ы'.repeat(random.between(1, 3000));
    case 10:
      return random.pick(["'; DROP TABLE users; --", '#{7*7}', '<script>', '{{x}}', '%s%n', '../../..']);
    case 11:
      return [];
    case 12:
      return Array.from({ length: random.below(4) }, () => oddValue(random, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random.below(4) }, () => [
          random.pick(['a', 'records', '__proto__', 'constructor', 'user_id', '']),
          oddValue(random, depth + 1),
        ]),
      );
  }
}

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
  if (path.startsWith('/graphql')) {
    return {
      query: random.pick([
        '{ serviceStatus { ready } }',
        '{ __typename }',
        'mutation { x }',
        '{',
        'query q($a: Int!) { a }',
        '{ a { a { a { a } } } }',
      ]),
      variables: {},
    };
  }
  const version = `fuzz ${random.below(6)}`;
  if (path.startsWith('/data/commit')) return { version };
  const record = { user_id: random.between(1, 500), age_bucket: 30, event_date: '2025-07-01', brand_dk: '428916.0' };
  return {
    version,
    table: random.pick(TABLES),
    batch_id: random.between(1, 4),
    total_batches: 4,
    records: Array.from({ length: random.below(4) }, () => record),
  };
}

/** Breaks a body: a field changed, dropped or added, or the text itself cut or spoiled. */
function broken(random: Random, body: Record<string, unknown>): string {
  const keys = Object.keys(body);
  const key = random.pick(keys);
  const kind = random.below(9);
  if (kind <= 3) return JSON.stringify({ ...body, [key]: oddValue(random) });
  if (kind === 4) return JSON.stringify(Object.fromEntries(Object.entries(body).filter(([name]) => name !== key)));
  if (kind === 5) return JSON.stringify(oddValue(random));
  const text = JSON.stringify(body);
  if (kind === 6) return text.slice(0, random.below(text.length));
  if (kind === 7)
    return text.replace(/\d+/, () => random.pick(['NaN', 'Infinity', '01', '1e999', '--1', '0x10', '9'.repeat(400)]));
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
      ? random.pick(['/lookalike', '/lookalike/batch', '/data/batch', '/data/batch'])
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
  if (random.next() < 0.05) headers['x-odd'] = 'x'.repeat(random.between(1, 4000));
  if (random.next() < 0.03) headers.accept = random.pick(['text/html', 'image/png', '*/*;q=0']);
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return { method, path, body: undefined, headers };
  const body = soundBody(random, path, offers);
  return { method, path, body: random.next() < 0.2 ? JSON.stringify(body) : broken(random, body), headers };
}
