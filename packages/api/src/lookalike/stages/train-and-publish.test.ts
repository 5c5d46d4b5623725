import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DirectoryStageContext } from '../../pipelines/directory-context.ts';
import { modelView } from '../engine/audience.ts';
import { judge, mean } from '../engine/judge.ts';
import { modelBytes, readModel } from '../engine/lookalike-model.ts';
import { eventsByBrand, type Query } from '../engine/queries.ts';
import { sharedBytes } from '../engine/shared-bytes.ts';
import { type BankWorld, bankWithOffers, bankWorld } from '../fixtures/bank-world.ts';
import { catalogStage } from './catalog.ts';
import { decideStage } from './decide.ts';
import { evaluateStage } from './evaluate.ts';
import { publishStage } from './publish.ts';
import { trainStage } from './train.ts';

let bank: BankWorld;
let context: DirectoryStageContext;
let modelFile: Buffer;

interface Judged {
  readonly queries: readonly (Query & { readonly day: number })[];
  readonly averagePrecision: readonly number[];
}
let judged: Judged;

const put = (name: string, value: unknown) => writeFile(join(bank.folder, name), JSON.stringify(value));
const file = (name: string) => readFile(join(bank.folder, name));

beforeAll(async () => {
  bank = await bankWorld(bankWithOffers());
  context = await bank.context();
});
afterAll(() => bank.remove());

/** What evaluate and publish make of a challenger with these average precisions. */
async function verdictOn(averagePrecision: readonly number[]) {
  await put('judged.json', { ...judged, averagePrecision });
  const { summary } = await evaluateStage.run(context);
  await put('summary.evaluate', summary);
  const published = await publishStage.run(context);
  return { ...summary, ...published.summary };
}

test('the catalog tells what came into service', async () => {
  const { summary } = await catalogStage.run(context);
  expect(summary).toEqual({ users: 400, offers: 63, merchants: 80 });
});

test('without a model there is training, drift or not', async () => {
  await put('summary.drift', { drift_detected: false, drift_score: 0 });
  expect((await decideStage.run(context)).summary.train).toBe(true);
});

test('training leaves a model, what it was judged on, and metrics; a second one the same bytes', async () => {
  const { summary } = await trainStage.run(context);
  modelFile = await file('model.bin');
  judged = JSON.parse((await file('judged.json')).toString());
  const metrics = summary.metrics as Record<string, number>;
  expect(metrics.map_at_100).toBe(mean(judged.averagePrecision));
  expect(metrics.map_at_100).toBeGreaterThan(0);
  expect(metrics.holdout_queries).toBe(judged.queries.length);
  expect(context.metrics).toContainEqual({ key: 'map_at_100', value: metrics.map_at_100 });
  await trainStage.run(context);
  expect(Buffer.compare(await file('model.bin'), modelFile)).toBe(0);
});

test('the first model is published without a comparison', async () => {
  expect(await verdictOn(judged.averagePrecision)).toMatchObject({ verdict: 'first', published: true });
});

test('with a model in service only drift asks for training', async () => {
  await writeFile(join(bank.folder, 'champion.bin'), modelFile);
  const calm = await decideStage.run(context);
  expect(calm.summary.train).toBe(false);
  expect(calm.skip).toEqual(['train', 'evaluate', 'publish']);
  await put('summary.drift', { drift_detected: true, drift_score: 2 });
  const drifted = await decideStage.run(context);
  expect(drifted.summary.train).toBe(true);
  expect(drifted.skip).toBeUndefined();
});

test('a model of another release is replaced, drift or not', async () => {
  await writeFile(
    join(bank.folder, 'champion.bin'),
    modelFile.toString('latin1').replace('brand_taste', 'brand_tasty'),
    'latin1',
  );
  await put('summary.drift', { drift_detected: false, drift_score: 0 });
  const { summary, skip } = await decideStage.run(context);
  expect(summary.train).toBe(true);
  expect(skip).toBeUndefined();
  expect(await verdictOn(judged.averagePrecision)).toMatchObject({ verdict: 'first', published: true });
  await writeFile(join(bank.folder, 'champion.bin'), modelFile);
});

test('a champion that has seen the answers is no measure', async () => {
  const verdict = await verdictOn(judged.averagePrecision.map(() => 0));
  expect(verdict).toMatchObject({ verdict: 'tie', published: true });
  expect(verdict.text).toContain('has seen the answers');
});

test('a tie goes to the challenger, a clear loss keeps the champion, a clear win replaces it', async () => {
  const champion = { ...readModel(sharedBytes(modelFile)), trainedUntil: bank.world.baseDay };
  await writeFile(join(bank.folder, 'champion.bin'), modelBytes(champion));
  const cuts = Map.groupBy(judged.queries, ({ day }) => day);
  const { averagePrecision: own } = judge(
    bank.world,
    [...cuts].map(([day, queries]) => ({ modelView: modelView(bank.world, champion.brands, day), queries })),
    champion.boosting,
    eventsByBrand(bank.world),
  );
  const better = (by: (at: number) => number) => verdictOn(Array.from(own, (value, at) => value + by(at)));
  const tie = await better(() => 0);
  expect(tie).toMatchObject({ verdict: 'tie', published: true, gain: 0 });
  expect(tie.champion_map).toBeCloseTo(mean(own), 12);
  // Differences of one size but of either sign, question by question, are noise; a certain loss may be too small to matter.
  expect(await better((at) => (at % 2 ? 0.1 : -0.1))).toMatchObject({ verdict: 'tie', published: true });
  expect(await better(() => -0.04)).toMatchObject({ verdict: 'tie', published: true });
  expect(await better(() => -0.06)).toMatchObject({ verdict: 'worse', published: false });
  expect(await better(() => 0.02)).toMatchObject({ verdict: 'better', published: true });
});
