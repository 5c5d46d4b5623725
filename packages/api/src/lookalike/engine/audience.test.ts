import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BankWorld, bankWithOffers, bankWorld, offerAt, quickSettings, SPECIAL } from '../fixtures/bank-world.ts';
import { modelView, type Ranking, rankAudience, viewDay } from './audience.ts';
import { FEATURES, type FeatureSource, fillRows, PROFILE, termsOf } from './features.ts';
import { type LookalikeModel, modelBytes, probability, readModel } from './lookalike-model.ts';
import { minimumCheque } from './queries.ts';
import { rawScores } from './ranker.ts';
import { audienceReasons, contributions } from './reasons.ts';
import { trainRanker } from './train-ranker.ts';
import { counterfactual, withChanges } from './what-if.ts';
import { packWorld, unpackWorld } from './world.ts';

let bank: BankWorld;
let model: LookalikeModel;

beforeAll(async () => {
  bank = await bankWorld(bankWithOffers());
  model = trainRanker(bank.world, quickSettings()).model;
});
afterAll(() => bank.remove());

function rank(offerId: number, topN = 100, { world, ranker } = { world: bank.world, ranker: model }): Ranking {
  const { brand, start, end, texts } = world.offers;
  const at = offerAt(world, offerId);
  const terms = termsOf({ start: start[at], end: end[at], cheque: minimumCheque(texts[at]) });
  const view = modelView(world, ranker.brands, viewDay(world, start[at]));
  return rankAudience(world, view, ranker.boosting, brand[at], terms, topN, start[at]);
}

function rawScore(source: FeatureSource, user: number): number {
  return scoresOf(rowOf(source, user))[0];
}

function rowOf(source: FeatureSource, user: number): Float32Array {
  const row = new Float32Array(FEATURES.length);
  fillRows(source, Int32Array.of(user), row);
  return row;
}

function scoresOf(rows: Float32Array): Float64Array {
  return rawScores(model.boosting, rows, rows.length / FEATURES.length);
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

describe('audiences', () => {
  test('nobody who bought at the brand before the offer is in one; everybody else may be', () => {
    const { offers, transactions, userIds } = bank.world;
    let customers = 0;
    for (let at = 0; at < offers.ids.length; at++) {
      const everybody = rank(offers.ids[at], 10_000).users;
      const bought = new Set<number>();
      for (let u = 0; u < userIds.length; u++) {
        for (let t = transactions.offsets[u]; t < transactions.offsets[u + 1]; t++) {
          if (
            transactions.brand[t] === offers.brand[at] &&
            offers.brand[at] >= 0 &&
            transactions.day[t] < Math.max(1, offers.start[at])
          )
            bought.add(u);
        }
      }
      customers += bought.size;
      expect(everybody.filter((u) => bought.has(u))).toHaveLength(0);
      expect(new Set(everybody).size).toBe(userIds.length - bought.size);
    }
    expect(customers).toBeGreaterThan(1000);
  });

  test('are in order of their scores, and a shorter one begins a longer one', () => {
    const [short, long] = [rank(5, 50), rank(5, 100)];
    expect(long.users).toHaveLength(100);
    expect(short.users).toEqual(long.users.slice(0, 50));
    expect(short.scores).toEqual(long.scores.slice(0, 50));
    expect([...long.scores]).toEqual([...long.scores].sort((a, b) => b - a));
    expect(new Set(long.scores).size).toBeGreaterThan(20);
  });

  test.each(Object.entries(SPECIAL))('there is one for the offer %s', (_name, offerId) => {
    const { users, scores } = rank(offerId, 30);
    expect(users).toHaveLength(30);
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(scores[0]).toBeGreaterThan(scores[29]);
  });

  test('the terms of an offer reach the ranker', () => {
    expect(rank(SPECIAL.withCheque).source.offer).toEqual({ days: 42, cheque: 1500 });
    const gap = FEATURES.findIndex(({ name }) => name === 'cheque_gap');
    const { source, users } = rank(SPECIAL.withCheque);
    expect(rowOf(source, users[0])[gap]).not.toBeNaN();
    expect(rowOf(rank(5).source, users[0])[gap]).toBeNaN();
  });
});

describe('reasons', () => {
  test('contributions and base add up to the raw score', () => {
    for (const offerId of [1, 17, ...Object.values(SPECIAL)]) {
      const { source, users, scores } = rank(offerId);
      users.forEach((user, at) => {
        expect(Math.abs(sum(contributions(model.boosting, source, user)) - scores[at])).toBeLessThan(1e-9);
      });
    }
  });

  test('say what sets the audience apart, the strongest first', () => {
    const { source, users } = rank(5, 50);
    const reasons = audienceReasons(model.boosting, source, users);
    expect(reasons.length).toBeGreaterThan(3);
    const sizes = reasons.map(({ impact }) => Math.abs(impact));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    // The impact of a feature that has one value for all members is the mean of their contributions.
    const taste = reasons.find(({ feature }) => feature === 'brand_taste');
    const mean = users.reduce((total, u) => total + contributions(model.boosting, source, u)[0], 0) / users.length;
    if (taste) expect(taste.impact).toBeCloseTo(mean, 5);
    expect(reasons.some(({ feature, impact }) => feature !== '' && impact > 0)).toBe(true);
  });

  test('a higher value of a monotone feature never lowers a score', () => {
    const { source, users } = rank(5, 40);
    let moved = 0;
    FEATURES.forEach(({ monotone }, f) => {
      if (monotone === 0) return;
      for (const user of users) {
        const steps = [-3, -1, -0.3, 0, 0.1, 0.5, 1, 4];
        const rows = new Float32Array(steps.length * FEATURES.length);
        const own = rowOf(source, user);
        steps.forEach((step, at) => {
          rows.set(own, at * FEATURES.length);
          rows[at * FEATURES.length + f] = own[f] + step;
        });
        const scores = [...scoresOf(rows)];
        expect(scores).toEqual(scores.toSorted((a, b) => a - b));
        if (scores[0] < scores[7]) moved++;
      }
    });
    expect(moved).toBeGreaterThan(40);
  });
});

describe('what if', () => {
  test('another attribute changes its own features alone, and the score by what their contributions say', () => {
    const { source, users } = rank(5);
    let moved = 0;
    for (const user of users.subarray(0, 20)) {
      for (const attribute of ['segment', 'region', 'age_bucket'] as const) {
        const at = PROFILE.indexOf(attribute);
        const { values, codes } = source.view.profile[at];
        const code = (codes[user] % (values.length - 1)) + 1;
        const other = withChanges(source, user, { [attribute]: values[code] });
        const [before, after] = [rowOf(source, user), rowOf(other, user)];
        const touched = FEATURES.filter((_, f) => !Object.is(before[f], after[f])).map(({ name }) => name);
        const taste = ['brand_taste', 'brand_taste_at_cheque', 'brand_share'];
        const allowed = [`${attribute}_lift`, 'profile_lift', ...taste, ...(attribute === 'age_bucket' ? ['age'] : [])];
        expect(touched.every((name) => allowed.includes(name))).toBe(true);
        const difference = rawScore(other, user) - rawScore(source, user);
        const explained =
          sum(contributions(model.boosting, other, user)) - sum(contributions(model.boosting, source, user));
        expect(explained).toBeCloseTo(difference, 9);
        const { lifts, taste: tastes } = source.affinity;
        const rise = lifts[at][code] - lifts[at][codes[user]];
        const lean = tastes.part(at, code, user) - tastes.part(at, codes[user], user);
        // Where lift and taste move together, the promise of monotone features fixes the direction.
        if (attribute !== 'age_bucket' && difference !== 0 && Math.sign(rise) === Math.sign(lean)) {
          expect(Math.sign(difference)).toBe(Math.sign(rise));
          moved++;
        }
      }
    }
    expect(moved).toBeGreaterThan(5);
  });

  test('nothing changes for anybody else, nor by words that are unknown', () => {
    const { source, users } = rank(5);
    const { values } = source.view.profile[0];
    const other = withChanges(source, users[0], { segment: values[1], region: 'no such place', nonsense: '1' });
    expect(rowOf(other, users[1])).toEqual(rowOf(source, users[1]));
    expect(other.view.profile[1].codes[users[0]]).toBe(source.view.profile[1].codes[users[0]]);
  });

  test('a counterfactual crosses the edge, and no smaller single change does', () => {
    const { source, users, scores } = rank(5, 400);
    const threshold = scores[99];
    let found = 0;
    for (const at of [60, 80, 95, 99, 100, 105, 120, 160]) {
      const user = users[at];
      const change = counterfactual(model.boosting, source, user, threshold);
      if (!change) continue;
      found++;
      const after = rawScore(withChanges(source, user, { [change.attribute]: change.to }), user);
      expect(after).toBe(change.rawScore);
      expect(after >= threshold).toBe(scores[at] < threshold);
      const index = PROFILE.indexOf(change.attribute as (typeof PROFILE)[number]);
      const { values, codes } = source.view.profile[index];
      expect(change.from).toBe(values[codes[user]]);
      for (const value of values.slice(1)) {
        const score = rawScore(withChanges(source, user, { [change.attribute]: value }), user);
        if (score >= threshold !== scores[at] >= threshold)
          expect(Math.abs(score - scores[at])).toBeGreaterThanOrEqual(Math.abs(after - scores[at]));
      }
    }
    expect(found).toBeGreaterThan(2);
  });
});

describe('models', () => {
  test('the same data and seed give the same bytes, another seed others', () => {
    const again = trainRanker(unpackWorld(packWorld(bank.world).buffer), quickSettings()).model;
    expect(Buffer.compare(modelBytes(again), modelBytes(model))).toBe(0);
    expect(Buffer.compare(modelBytes(trainRanker(bank.world, quickSettings(2)).model), modelBytes(model))).not.toBe(0);
  });

  test('survive being written', () => {
    const bytes = modelBytes(model);
    const read = readModel(bytes.buffer);
    expect(Buffer.compare(modelBytes(read), bytes)).toBe(0);
    const [before, after] = [rank(5), rank(5, 100, { world: bank.world, ranker: read })];
    expect(after.users).toEqual(before.users);
    expect(after.scores).toEqual(before.scores);
  });

  test('of other features are refused', () => {
    const text = new TextDecoder('latin1').decode(modelBytes(model)).replace('brand_taste', 'brand_tasty');
    expect(() => readModel(Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer)).toThrow('train it again');
  });

  test('calibration keeps the order', () => {
    expect(model.calibration.slope).toBeGreaterThan(0);
    const probabilities = [...rank(5).scores].map((score) => probability(model.calibration, score));
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
    expect(probabilities.every((value) => value > 0 && value < 1)).toBe(true);
  });
});
