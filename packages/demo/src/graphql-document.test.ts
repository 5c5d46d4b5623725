import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Client } from './client.ts';
import { type Service, startService } from './service.ts';
import { commitAndWait, sendVersion } from './stream.ts';
import { createVersion } from './world/version.ts';
import { createWorld } from './world/world.ts';

const DOCUMENT = readFileSync(new URL('../../../docs/graphql.md', import.meta.url), 'utf8');
const BLOCKS = [...DOCUMENT.matchAll(/```graphql( refused)?\n([\s\S]*?)```/g)].map(([, refused, text = '']) => ({
  name: /(?:query|subscription) (\w+)/.exec(text)?.[1] ?? text.trim().replaceAll(/\s+/g, ' ').slice(0, 40),
  refused: refused !== undefined,
  text,
}));
const answer = z.object({
  data: z.record(z.string(), z.json()).nullish(),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) })).optional(),
});
const listOf = <T extends z.ZodType>(node: T) => z.object({ nodes: z.array(node) });

/** A version that is trained on, one that drifted, one that is refused, and one that is still open and lacks a batch. */
describe('docs/graphql.md', () => {
  let service: Service;
  let client: Client;
  let variables: Record<string, number> = {};

  async function ask(query: string) {
    await client.signIn();
    return answer.parse((await client.post('/graphql', { query, variables })).json);
  }

  beforeAll(async () => {
    service = await startService({ env: { KINDRED_DVC: 'false' } });
    client = new Client(service.url, {});
    const world = createWorld({
      seed: 1,
      users: 400,
      brands: 60,
      merchants: 80,
      offersPerDay: 1,
      steps: ['base', 'drift:amount', 'corrupt:null-keys', 'same'],
    });
    for (const [step, version] of ['v1', 'v2', 'v3', 'v4'].entries()) {
      const data = createVersion(world, step);
      if (version === 'v4') {
        await client.batch(version, 'people', 2, 3, data.read('people', 1));
      } else {
        await sendVersion(client, version, data, { seed: 1 });
        await commitAndWait(client, version);
      }
      data.dispose();
    }
    const offers = await ask('{ offers(first: 1) { nodes { merchantId offerId } } }');
    const [offer] = listOf(z.object({ merchantId: z.int(), offerId: z.int() })).parse(offers.data?.offers).nodes;
    variables = { merchant: offer?.merchantId ?? 0, offer: offer?.offerId ?? 0 };
  }, 300_000);
  afterAll(async () => {
    client.close();
    await service.stop();
  });

  it('has ten queries at least, and each heading of them has one', () => {
    expect(
      BLOCKS.filter(({ text, refused }) => !refused && /^\s*(?:query|\{)/.test(text)).length,
    ).toBeGreaterThanOrEqual(10);
    expect(DOCUMENT.match(/^### \d+\. /gm)).toHaveLength(10);
  });

  it.each(BLOCKS.filter(({ text }) => !text.startsWith('subscription')))(
    '$name runs as it stands',
    async ({ text, refused }) => {
      const { data, errors } = await ask(text);
      if (refused) {
        expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
        return;
      }
      expect(errors).toBeUndefined();
      // Each of them shows something: an empty answer would teach nothing.
      for (const [field, value] of Object.entries(data ?? {})) {
        expect(value, field).not.toBeNull();
        const nodes = listOf(z.unknown()).safeParse(value);
        if (nodes.success) expect(nodes.data.nodes, field).not.toHaveLength(0);
      }
    },
  );

  it.each(BLOCKS.filter(({ text }) => text.startsWith('subscription')))('$name tells something', async ({ text }) => {
    const abort = new AbortController();
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', cookie: await client.signIn() },
      body: JSON.stringify({ query: text }),
      signal: abort.signal,
    });
    let told = '';
    for await (const part of response.body ?? []) {
      told += Buffer.from(part).toString('utf8');
      if (/^data: .*"data"/m.test(told)) break;
    }
    abort.abort();
    const [, event = ''] = /^data: (.*"data".*)$/m.exec(told) ?? [];
    expect(answer.parse(JSON.parse(event)).errors).toBeUndefined();
  });

  it('an open version tells which batches are missing, and a closed one what it is made of', async () => {
    const { data } = await ask(
      '{ datasetVersions(first: 4) { nodes { name batches { table batches totalBatches missing records bytes } } } }',
    );
    const table = z.object({
      table: z.string(),
      batches: z.int(),
      totalBatches: z.int(),
      missing: z.array(z.int()),
      records: z.int().positive(),
      bytes: z.int().positive(),
    });
    const versions = listOf(z.object({ name: z.string(), batches: z.array(table) })).parse(data?.datasetVersions).nodes;
    const batches = (name: string) => versions.find((version) => version.name === name)?.batches ?? [];
    expect(batches('v4')).toEqual([expect.objectContaining({ table: 'people', batches: 1, missing: [1, 3] })]);
    expect(batches('v1').length).toBeGreaterThan(5);
    for (const one of batches('v1')) expect(one).toMatchObject({ missing: [], batches: one.totalBatches });
  });

  it('a refused version tells what was not expected, with values', async () => {
    const { data } = await ask(
      '{ latestValidationResult { valid checksTotal checksFailed failedChecks { table check } all: expectations { success } failed: expectations(success: false) { table check elements unexpected samples { value count } } } }',
    );
    const outcome = z.object({
      table: z.string(),
      check: z.string(),
      unexpected: z.int().nullable(),
      samples: z.array(z.object({ value: z.string() })),
    });
    const report = z
      .object({
        valid: z.literal(false),
        checksTotal: z.int(),
        checksFailed: z.int().positive(),
        failedChecks: z.array(z.object({ table: z.string(), check: z.string() })),
        all: z.array(z.object({ success: z.boolean() })),
        failed: z.array(outcome),
      })
      .parse(data?.latestValidationResult);
    expect(report.all).toHaveLength(report.checksTotal);
    expect(report.failed.map(({ table, check }) => ({ table, check }))).toEqual(report.failedChecks);
    expect(report.failed.some(({ unexpected }) => (unexpected ?? 0) > 0)).toBe(true);
  });

  it('a drifted version has both distributions of each feature, whose shares add up', async () => {
    const { data } = await ask(
      '{ driftReports(first: 3, order: OLDEST_FIRST) { nodes { datasetVersion { name } reference { name } columns { feature kind currentRows referenceRows bars { reference current } } } } }',
    );
    const bar = z.object({ reference: z.number().nullable(), current: z.number() });
    const column = z.object({ feature: z.string(), referenceRows: z.int().nullable(), bars: z.array(bar) });
    const report = z.object({ datasetVersion: z.object({ name: z.string() }), columns: z.array(column) });
    const reports = listOf(report).parse(data?.driftReports).nodes;
    const columns = (name: string) => reports.find((one) => one.datasetVersion.name === name)?.columns ?? [];
    expect(columns('v1').length).toBeGreaterThan(5);
    for (const { referenceRows } of columns('v1')) expect(referenceRows).toBeNull();
    expect(columns('v2').length).toBeGreaterThan(5);
    for (const { feature, bars } of columns('v2')) {
      const sum = (of: (one: z.infer<typeof bar>) => number) => bars.reduce((all, one) => all + of(one), 0);
      expect(
        sum(({ current }) => current),
        feature,
      ).toBeCloseTo(1, 4);
      expect(
        sum(({ reference }) => reference ?? 0),
        feature,
      ).toBeCloseTo(1, 4);
    }
    expect(columns('v3')).toEqual([]);
  });

  it('lineage goes from named batches to what serves', async () => {
    const { data } = await ask(
      '{ lineage(kind: deployment, key: "1", direction: upstream, batches: true) { nodes { kind title id } links { relation from { kind } to { kind } } } }',
    );
    const node = z.object({ kind: z.string(), title: z.string(), id: z.string().nullable() });
    const { nodes } = listOf(node).parse(data?.lineage);
    expect(nodes).toContainEqual(expect.objectContaining({ kind: 'batch', title: 'batch.people.1', id: null }));
    const version = nodes.find(({ kind }) => kind === 'dataset_version');
    expect(version?.title).toBe('v1');
    const found = await ask(`{ node(id: "${version?.id}") { __typename ... on DatasetVersion { name } } }`);
    expect(found.data?.node).toEqual({ __typename: 'DatasetVersion', name: 'v1' });
  });
});
