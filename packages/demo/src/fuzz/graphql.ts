import type { Random } from '../random.ts';
import { oddValue } from './odd-value.ts';

interface Offer {
  readonly id: number;
  readonly merchantId: number;
}

/** Documents with the variables that they want; a fuzzer replaces some of these. */
const DOCUMENTS: readonly { readonly query: string; readonly variables: (offer: Offer) => Record<string, unknown> }[] =
  [
    { query: '{ serviceStatus { ready } }', variables: () => ({}) },
    {
      query:
        'query($m: SafeInt!, $o: SafeInt!, $n: Int!) { audience(merchantId: $m, offerId: $o, topN: $n) { __typename } }',
      variables: (offer) => ({ m: offer.merchantId, o: offer.id, n: 10 }),
    },
    {
      query: `query($m: SafeInt!, $o: SafeInt!, $u: SafeInt!, $c: [ProfileChange!]) {
      audienceMember(merchantId: $m, offerId: $o, userId: $u, changes: $c) { __typename } }`,
      variables: (offer) => ({ m: offer.merchantId, o: offer.id, u: 1, c: [{ attribute: 'segment', value: 'u_01' }] }),
    },
    {
      query: 'query($r: [AudienceInput!]!) { audiences(requests: $r) { __typename } }',
      variables: (offer) => ({ r: [{ merchantId: offer.merchantId, offerId: offer.id, topN: 3 }] }),
    },
    {
      query: 'query($a: String, $f: Int, $p: String) { jobs(first: $f, after: $a, pipeline: $p) { nodes { id } } }',
      variables: () => ({ a: null, f: 5, p: 'lookalike' }),
    },
    {
      query:
        'query($n: String, $l: Int, $b: String) { datasetVersions(last: $l, before: $b, name: $n) { nodes { name } } }',
      variables: () => ({ n: null, l: 5, b: null }),
    },
    {
      query: 'query($k: String!, $d: Int) { lineage(kind: manifest, key: $k, depth: $d) { nodes { key } truncated } }',
      variables: () => ({ k: '00', d: 5 }),
    },
    {
      query: `query($a: String, $f: Int, $t: String, $s: DateTime, $o: JobOrder) {
      jobs(first: $f, after: $a, text: $t, createdSince: $s, orderBy: $o) { totalCount { count } pageInfo { endCursor } } }`,
      variables: () => ({
        a: null,
        f: 5,
        t: 'look',
        s: '2026-01-01T00:00:00Z',
        o: { field: 'endedAt', direction: 'asc' },
      }),
    },
    {
      query: `query($a: String, $t: String, $o: DatasetOrder) {
      datasets(after: $a, text: $t, orderBy: $o) { totalCount { count } nodes { name } } }`,
      variables: () => ({ a: null, t: 'a', o: { field: 'name', direction: 'desc' } }),
    },
    {
      query: `query($a: String, $r: Boolean, $m: String, $t: String, $s: Float) {
      requests(after: $a, refused: $r, method: $m, text: $t, slowerThan: $s) { nodes { path } } }`,
      variables: () => ({ a: null, r: true, m: 'POST', t: 'graphql', s: 1 }),
    },
    {
      query:
        'query($a: String, $l: LogLevel) { jobs(first: 1) { nodes { logs(after: $a, level: $l) { nodes { cursor } } } } }',
      variables: () => ({ a: null, l: 'debug' }),
    },
    {
      query:
        'query($t: String, $s: Boolean) { latestValidationResult { expectations(table: $t, success: $s) { check } } }',
      variables: () => ({ t: 'people', s: false }),
    },
    { query: 'query($i: ID!) { node(id: $i) { id } }', variables: () => ({ i: 'Sm9iOng=' }) },
    { query: 'query($i: [ID!]!) { nodes(ids: $i) { id } }', variables: () => ({ i: ['Sm9iOng='] }) },
    {
      query: 'mutation($i: ID!, $p: Json, $s: Int) { rerunJob(id: $i, params: $p, seed: $s) { __typename } }',
      variables: () => ({ i: 'Sm9iOng=', p: {}, s: 1 }),
    },
    {
      query: 'mutation($m: String!, $r: String!) { rollbackModel(model: $m, reason: $r) { __typename } }',
      variables: () => ({ m: 'no such model', r: 'fuzz' }),
    },
    {
      query: `mutation($v: String!, $b: Int!, $t: Int!, $r: [Json!]!) {
      receiveBatch(version: $v, table: offer, batchId: $b, totalBatches: $t, records: $r) { __typename } }`,
      variables: () => ({ v: 'fuzz graphql', b: 1, t: 2, r: [{ offer_id: 1 }] }),
    },
    {
      query: 'mutation($b: Bytes!) { receiveBatchBody(body: $b) { __typename } }',
      variables: () => ({ b: Buffer.from('{"version":"fuzz bytes"}').toString('base64') }),
    },
    { query: 'mutation { x }', variables: () => ({}) },
    { query: '{', variables: () => ({}) },
    { query: 'query q($a: Int!) { a }', variables: () => ({}) },
    { query: `{ ${'nodes(ids: []) { '.repeat(40)} id ${'}'.repeat(40)} }`, variables: () => ({}) },
    { query: `{ ${'serviceStatus { ready } '.repeat(2000)} }`, variables: () => ({}) },
    { query: '{ jobs(first: 100) { nodes { artifacts(first: 100) { nodes { id } } } } }', variables: () => ({}) },
    { query: 'query { ...F } fragment F on Query { ...F }', variables: () => ({}) },
  ];

/** The body of a GraphQL request, with a variable or two that nobody asked for in that shape. */
export function graphqlBody(random: Random, offers: readonly Offer[]): { query: string; variables: unknown } {
  const { query, variables } = random.pick(DOCUMENTS);
  const values = variables(offers.length > 0 ? random.pick(offers) : { id: 1, merchantId: 1 });
  for (const name of Object.keys(values)) if (random.next() < 0.4) values[name] = oddValue(random);
  return { query, variables: random.next() < 0.05 ? oddValue(random) : values };
}
