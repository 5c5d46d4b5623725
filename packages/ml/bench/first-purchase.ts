/**
 * The first-purchase model on a world whose hazards are known: time of a half step, compiled and scripted, and of an alternation
 * of our implicit ALS; and how well each ranks what happens next. `pnpm bench first-purchase [users] [items] [rounds]`.
 */
import { meanAveragePrecisionAt } from '../src/metrics/mean-average-precision.ts';
import { Random } from '../src/random.ts';
import { attributeMeans } from '../src/recommendation/attribute-means.ts';
import { createHazardKernel } from '../src/recommendation/compiled-hazard-kernel.ts';
import { firstPurchase } from '../src/recommendation/first-purchase.ts';
import {
  type FirstPurchaseModel,
  type FirstPurchases,
  firstPurchaseParams,
  fitFirstPurchases,
  logHazards,
  logTotals,
} from '../src/recommendation/first-purchase-model.ts';
import { HazardGrid } from '../src/recommendation/hazard-grid.ts';
import type { HazardKernelFactory } from '../src/recommendation/hazard-kernel.ts';
import { fitImplicitAls, implicitAlsParams } from '../src/recommendation/implicit-als.ts';
import { stepItems, stepUsers, writeGrid } from '../src/recommendation/newton-half-steps.ts';
import { scriptedHazardKernel } from '../src/recommendation/scripted-hazard-kernel.ts';
import { itemSpreads } from '../src/recommendation/user-spread.ts';
import { type PurchaseWorld, samplePurchases } from '../test/sample-purchases.ts';

const AUDIENCE = 1000;
const params = firstPurchaseParams.parse({});
const alsParams = implicitAlsParams.parse({});

function main([users = '8000', items = '427', rounds = '5']: readonly string[]): void {
  const world = samplePurchases(Number(users), Number(items), 11, -4.5);
  const { interactions } = world.data;
  const perUser = (interactions.item.length / interactions.rows).toFixed(1);
  console.log(`${users} users, ${items} items, ${perUser} first purchases a user, ${params.factors} factors`);
  printTimes(world.data, Number(rounds));
  printQuality(world);
}

function timed<T>(run: () => T): [T, number] {
  const started = performance.now();
  const result = run();
  return [result, performance.now() - started];
}

const show = (name: string, milliseconds: readonly number[]): void => {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  console.log(`${name.padEnd(44)} median ${median.toFixed(1)} ms, best ${sorted[0].toFixed(1)} ms`);
};

/** Every measure once a round, so that whatever else the machine does falls on all of them. */
function printTimes(data: FirstPurchases, rounds: number): void {
  const model = fitFirstPurchases(data, { ...params, alternations: 2 });
  const measures = new Map<string, number[]>();
  const measure = (name: string, run: () => unknown) => {
    const times = measures.get(name) ?? [];
    times.push(timed(run)[1]);
    measures.set(name, times);
  };
  const kernels: [string, HazardKernelFactory][] = [
    ['compiled', createHazardKernel],
    ['scripted', scriptedHazardKernel],
  ];
  const { means } = attributeMeans(data, model.users);
  for (let round = 0; round < rounds; round++) {
    for (const [name, create] of kernels) {
      const grid = gridOf(data, model, create);
      measure(`half step of users, ${name}`, () =>
        stepUsers(grid, params, model.users.slice(), model.items.slice(), means),
      );
      measure(`half step of items, ${name}`, () =>
        stepItems(grid, params, model.users.slice(), model.items.slice(), model.spread),
      );
    }
    measure('totals of all users', () => logTotals(data, model));
    const hazards = new Float32Array(data.interactions.rows);
    measure('hazards of one item', () => logHazards(data, model, 0, hazards));
    const one = { ...alsParams, factors: params.factors, iterations: 1 };
    measure('implicit ALS, both half steps, same factors', () => fitImplicitAls(data.interactions, one));
    measure(`implicit ALS, both half steps, ${alsParams.factors} factors`, () =>
      fitImplicitAls(data.interactions, { ...alsParams, iterations: 1 }),
    );
  }
  for (const [name, times] of measures) show(name, times);
}

function gridOf(data: FirstPurchases, model: FirstPurchaseModel, create: HazardKernelFactory): HazardGrid {
  const grid = new HazardGrid(data, model.factors + 1, create);
  writeGrid(grid, model.users, model.items, model.spread);
  return grid;
}

/** Who buys an item first in the next observation, among those who had not: users ranked for each item. */
function printQuality({ data, truth }: PurchaseWorld): void {
  const { rows, items, offsets, item } = data.interactions;
  const bought = new Uint8Array(rows * items);
  for (let u = 0; u < rows; u++) for (let at = offsets[u]; at < offsets[u + 1]; at++) bought[u * items + item[at]] = 1;
  const random = new Random(12);
  const next = Uint8Array.from(truth, (log) => (random.uniform() < 1 - Math.exp(-Math.exp(log)) ? 1 : 0));
  const show = (name: string, score: (user: number, item: number) => number, milliseconds?: number) => {
    let sum = 0;
    for (let i = 0; i < items; i++) {
      const fresh = Int32Array.from({ length: rows }, (_, u) => u).filter((u) => !bought[u * items + i]);
      const scores = Float64Array.from(fresh, (u) => score(u, i));
      const labels = Uint8Array.from(fresh, (u) => next[u * items + i]);
      sum += meanAveragePrecisionAt(scores, labels, [0, fresh.length], AUDIENCE);
    }
    const time = milliseconds === undefined ? '' : `, fit in ${(milliseconds / 1000).toFixed(2)} s`;
    console.log(`${name.padEnd(44)} MAP@${AUDIENCE} ${(sum / items).toFixed(4)}${time}`);
  };
  show('true hazards (cannot be beaten but by luck)', (u, i) => truth[u * items + i]);
  const [full, fullTime] = timed(() => fitFirstPurchases(data, params));
  const groupOffset = (u: number, i: number) => full.offsets[data.group[u] * items + i];
  show('first purchases', (u, i) => dot(full, u, i) + groupOffset(u, i), fullTime);
  const [{ scale, shape, ...vectors }, plainTime] = timed(() => firstPurchase.fit(data.interactions, params));
  const plain = { ...vectors, spread: { scale, shape } };
  show('first purchases, no attributes, offsets, times', (u, i) => dot(plain, u, i), plainTime);
  const byWeight = { ...data.interactions, weight: new Float32Array(item.length).fill(1) };
  for (const factors of [params.factors, alsParams.factors]) {
    const [als, alsTime] = timed(() => fitImplicitAls(byWeight, { ...alsParams, factors }));
    const score = (u: number, i: number) => {
      let sum = 0;
      for (let k = 0; k < factors; k++) sum += als.userFactors[u * factors + k] * als.itemFactors[i * factors + k];
      return sum;
    };
    show(`implicit ALS, ${factors} factors`, score, alsTime);
  }
  show('activity', (u) => offsets[u + 1] - offsets[u]);
}

function dot(
  { factors, users, items, spread }: Omit<FirstPurchaseModel, 'attributeEffects' | 'offsets'>,
  user: number,
  item: number,
): number {
  const width = factors + 1;
  const [own] = itemSpreads(items.subarray(item * width, (item + 1) * width), spread, width);
  let sum = users[user * width] + items[item * width] + spread.scale[user] * own;
  for (let k = 1; k < width; k++) sum += users[user * width + k] * items[item * width + k];
  return sum;
}

main(process.argv.slice(2));
