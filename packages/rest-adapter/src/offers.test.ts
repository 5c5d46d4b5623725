import { modelBytes } from '@kindred/api/lookalike/engine/lookalike-model.ts';
import { sharedBytes } from '@kindred/api/lookalike/engine/shared-bytes.ts';
import { trainRanker } from '@kindred/api/lookalike/engine/train-ranker.ts';
import {
  type BankWorld,
  bankWithOffers,
  bankWorld,
  quickSettings,
  SPECIAL,
} from '@kindred/api/lookalike/fixtures/bank-world.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

let server: TestServer;
let bank: BankWorld;

beforeAll(async () => {
  server = await startTestServer();
  bank = await bankWorld(bankWithOffers({ users: 200, offers: 12 }));
  const model = sharedBytes(modelBytes(trainRanker(bank.world, quickSettings(1)).model));
  const generation = { id: 1, dataVersion: 'v1', modelVersion: '1.0' };
  await server.services.lookalike.server.serve(generation, bank.bytes, model);
}, 60_000);
afterAll(async () => {
  await server.dispose();
  await bank.remove();
});

async function ask(query: string, variables: object = {}) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()).data;
}

async function found(text: string): Promise<number[]> {
  const query = 'query($text: String) { offers(text: $text, first: 100) { nodes { offerId } } }';
  return (await ask(query, { text })).offers.nodes.map(({ offerId }: { offerId: number }) => offerId);
}

it('finds offers by a part of the text, whatever its case, and by how a number begins', async () => {
  expect(await found('1 500 ₽')).toEqual([SPECIAL.withCheque]);
  expect(await found(' КЭШБЭК 10% ПРИ ')).toEqual([SPECIAL.withCheque]);
  expect(await found('90')).toEqual([SPECIAL.withCheque, SPECIAL.ofTheFuture]);
  expect(await found('no such offer')).toEqual([]);
  expect((await found('')).length).toBe(14);
});

it('goes on from a cursor through what was found', async () => {
  const query = `query($after: String) { offers(text: "90", first: 1, after: $after) {
    nodes { offerId } pageInfo { endCursor hasNextPage } } }`;
  const { offers: first } = await ask(query);
  const { offers: second } = await ask(query, { after: first.pageInfo.endCursor });
  expect([...first.nodes, ...second.nodes]).toEqual([
    { offerId: SPECIAL.withCheque },
    { offerId: SPECIAL.ofTheFuture },
  ]);
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
});

it('explains a member with what may be pretended of it, and answers for the pretended one', async () => {
  const query = `query($changes: [ProfileChange!]) { audienceMember(merchantId: 12, offerId: ${SPECIAL.withCheque}, userId: 7, changes: $changes) {
    ... on ExplainedMember { modelVersion dataVersion score attributes { name value values } } } }`;
  const { audienceMember: real } = await ask(query);
  expect(real).toMatchObject({ modelVersion: '1.0', dataVersion: 'v1' });
  const segment = real.attributes.find(({ name }: { name: string }) => name === 'segment');
  expect(segment.values).toContain(segment.value);
  const other = segment.values.find((value: string) => value !== segment.value);
  const { audienceMember: pretended } = await ask(query, { changes: [{ attribute: 'segment', value: other }] });
  expect(pretended.attributes.find(({ name }: { name: string }) => name === 'segment').value).toBe(other);
  expect(pretended.score).not.toBe(real.score);
});
