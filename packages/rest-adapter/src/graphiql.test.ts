import { SYSTEM } from '@kindred/api/access/caller.ts';
import { modelBytes } from '@kindred/api/lookalike/engine/lookalike-model.ts';
import { sharedBytes } from '@kindred/api/lookalike/engine/shared-bytes.ts';
import { trainRanker } from '@kindred/api/lookalike/engine/train-ranker.ts';
import {
  type BankWorld,
  bankWithOffers,
  bankWorld,
  quickSettings,
} from '@kindred/api/lookalike/fixtures/bank-world.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Example, examples } from './graphiql.ts';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

let server: TestServer;
let bank: BankWorld;
beforeAll(async () => {
  [server, bank] = await Promise.all([startTestServer(), bankWorld(bankWithOffers({ users: 250, offers: 12 }))]);
});
afterAll(async () => {
  await server.dispose();
  await bank.remove();
});

/** The answer's text; a subscription is only asked whether it begins. */
async function run({ query, variables = '{}' }: Example): Promise<string> {
  const isLive = /^subscription/m.test(query);
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: isLive ? 'text/event-stream' : 'application/json' },
    body: JSON.stringify({ query, variables: JSON.parse(variables) }),
  });
  expect(response.status, query).toBe(200);
  if (!isLive) return response.text();
  await response.body?.cancel();
  return '';
}

it('every example is a sound document before anything serves, and has an answer as it stands afterwards', async () => {
  for (const example of examples(server.services.lookalike, SYSTEM))
    expect(await run(example)).not.toContain('"errors"');

  const model = trainRanker(bank.world, quickSettings(1)).model;
  server.services.lookalike.server.serve(
    { id: 1, dataVersion: 'v1', modelVersion: '1.0' },
    bank.bytes,
    sharedBytes(modelBytes(model)),
  );
  const serving = examples(server.services.lookalike, SYSTEM);
  expect(serving.map(({ query }) => /^(?:query|subscription) (\w+)/m.exec(query)?.[1])).toEqual([
    'Overview',
    'Offers',
    'Audience',
    'Why',
    'Monitoring',
    'Lineage',
    'Progress',
  ]);
  for (const example of serving) {
    expect(example.query).not.toContain('Nothing is served');
    expect(await run(example), example.query).not.toMatch(/"errors"|NOT_FOUND|NOT_READY/);
  }
  const page = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
  expect(await page.text()).toContain('audienceMember(');
});
