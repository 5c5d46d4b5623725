import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelBytes } from '../engine/lookalike-model.ts';
import { sharedBytes } from '../engine/shared-bytes.ts';
import { trainRanker } from '../engine/train-ranker.ts';
import { type BankWorld, bankWithOffers, bankWorld, offerAt, quickSettings, SPECIAL } from '../fixtures/bank-world.ts';
import { type AudienceAnswer, AudienceServer } from './audience-server.ts';
import { Scorer } from './scorer.ts';

let bank: BankWorld;
const models: SharedArrayBuffer[] = [];
/** Answers without threads, cache or switching: what the server must say, by generation. */
const scorer = new Scorer();

beforeAll(async () => {
  bank = await bankWorld(bankWithOffers({ users: 250, offers: 12 }));
  for (const seed of [1, 2]) {
    models.push(sharedBytes(modelBytes(trainRanker(bank.world, quickSettings(seed)).model)));
    scorer.load(seed, bank.bytes, models[seed - 1]);
  }
});
afterAll(() => bank.remove());

const generation = (id: number) => ({ id, dataVersion: `v${id}`, modelVersion: `${id}.0` });

async function withServer(run: (server: AudienceServer) => Promise<void>, threads = 2): Promise<void> {
  const server = new AudienceServer(threads);
  try {
    await run(server);
  } finally {
    await server.close();
  }
}

/** In the order of their days, so that the reference builds each view once. */
const offerIds = () => {
  const { ids, start } = bank.world.offers;
  return [...ids].sort((a, b) => start[offerAt(bank.world, a)] - start[offerAt(bank.world, b)]);
};

const merchantOf = (offerId: number) => bank.world.offers.merchantIds[offerAt(bank.world, offerId)];

/** The answer is whole: members, scores and reasons of the generation that it names. */
function expectWhole(answer: AudienceAnswer, topN: number): void {
  const id = Number(answer.dataVersion.slice(1));
  expect(answer.modelVersion).toBe(`${id}.0`);
  const expected = scorer.audience(id, offerAt(bank.world, answer.offerId), Math.min(topN, 50));
  expect(answer.userIds).toEqual(expected.userIds.subarray(0, topN));
  expect(answer.scores).toEqual(expected.scores.subarray(0, topN));
  expect(answer.reasons).toEqual(expected.reasons);
}

test('before the first model nothing is answered', () =>
  withServer(async (server) => {
    expect(server.generation).toBeUndefined();
    await expect(server.audience(1, 1, 10)).rejects.toMatchObject({ code: 'NOT_READY' });
    await expect(server.member(1, 1, 1, {})).rejects.toMatchObject({ code: 'NOT_READY' });
  }, 1));

test('two generations differ, so that a mixture would show', () => {
  const offer = offerAt(bank.world, 5);
  expect(scorer.audience(1, offer, 50)).not.toEqual(scorer.audience(2, offer, 50));
});

describe('in service', () => {
  test('offers are known by their merchant alone', () =>
    withServer(async (server) => {
      await server.serve(generation(1), bank.bytes, models[0]);
      const foreign = server.audience(merchantOf(5) + 1, 5, 10);
      await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(server.audience(merchantOf(5), 5_000_000, 10)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(server.member(merchantOf(5), 5, 123_456, {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
      for (const id of [5, ...Object.values(SPECIAL)]) expectWhole(await server.audience(merchantOf(id), id, 20), 20);
    }));

  test('many questions at once are answered as one by one, and a short audience begins the long one', () =>
    withServer(async (server) => {
      await server.serve(generation(1), bank.bytes, models[0]);
      const ids = offerIds();
      const together = await Promise.all(ids.map((id) => server.audience(merchantOf(id), id, 100)));
      for (const answer of together) expectWhole(answer, 100);
      for (const answer of together.slice(0, 5)) {
        const { merchantId, offerId, userIds, scores } = answer;
        expect(await server.audience(merchantId, offerId, 100)).toEqual(answer);
        const short = await server.audience(merchantId, offerId, 50);
        expect(short.userIds).toEqual(userIds.subarray(0, 50));
        expect(short.scores).toEqual(scores.subarray(0, 50));
      }
    }));

  test('a switch while questions are under way leaves each answer whole, and none is lost', () =>
    withServer(async (server) => {
      await server.serve(generation(1), bank.bytes, models[0]);
      const ids = offerIds();
      const ask = () => ids.map((id) => server.audience(merchantOf(id), id, 40));
      const before = ask();
      const switching = server.serve(generation(2), bank.bytes, models[1]);
      expect(server.generation).toEqual(generation(1));
      before.push(...ask());
      await switching;
      expect(server.generation).toEqual(generation(2));
      const after = ask();
      const member = server.member(merchantOf(5), 5, 7, {});
      for (const answer of await Promise.all(before)) {
        expect(answer.dataVersion).toBe('v1');
        expectWhole(answer, 40);
      }
      for (const answer of await Promise.all(after)) {
        expect(answer.dataVersion).toBe('v2');
        expectWhole(answer, 40);
      }
      expect(await member).toEqual({
        ...scorer.member(2, offerAt(bank.world, 5), 6, {}),
        modelVersion: '2.0',
        dataVersion: 'v2',
      });
    }));

  test('a member is explained: parts add up, and the counterfactual crosses the edge', () =>
    withServer(async (server) => {
      await server.serve(generation(1), bank.bytes, models[0]);
      const { userIds, scores } = await server.audience(merchantOf(5), 5, 150);
      let crossed = 0;
      for (const at of [0, 50, 99, 100, 120, 149]) {
        const member = await server.member(merchantOf(5), 5, userIds[at], {});
        expect(member).toMatchObject({
          userId: userIds[at],
          score: scores[at],
          customer: false,
          threshold: scores[99],
        });
        const total = member.contributions.reduce((sum, { impact }) => sum + impact, member.baseValue);
        expect(total).toBeCloseTo(member.rawScore, 9);
        const change = member.counterfactual;
        if (!change) continue;
        crossed++;
        expect(change.score >= member.threshold).toBe(member.score < member.threshold);
        const changed = await server.member(merchantOf(5), 5, userIds[at], { [change.attribute]: change.to });
        expect(changed.score).toBe(change.score);
      }
      expect(crossed).toBeGreaterThan(0);
    }));

  test('a change of what there is not is refused by name, not taken for no change', () =>
    withServer(async (server) => {
      server.serve(generation(1), bank.bytes, models[0]);
      const ask = (changes: Record<string, string>) => server.member(merchantOf(5), 5, 7, changes);
      for (const changes of [
        { segment: 'no such' },
        { shoe_size: '43' },
        { ['__proto__']: '1' },
        { tx_count_7d: 'x' },
      ]) {
        await expect(ask(changes)).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { field: 'changes' } });
      }
      await expect(ask({ segment: 'no such' })).rejects.toThrow(/segment is never "no such"; it is /);
      expect((await ask({ tx_count_7d: '3' })).userId).toBe(7);
    }, 1));

  test('a model that cannot be read is an error of the question, not the end of serving', () =>
    withServer(async (server) => {
      await server.serve(generation(1), bank.bytes, new SharedArrayBuffer(100));
      await expect(server.audience(merchantOf(5), 5, 10)).rejects.toThrow('Not a file of packed arrays');
      await server.serve(generation(2), bank.bytes, models[1]);
      expectWhole(await server.audience(merchantOf(5), 5, 10), 10);
    }, 1));
});
