import { logPulls, shares } from './affinity.ts';
import type { Day } from './calendar.ts';
import { exposures } from './exposure.ts';
import { firstPurchaseChance, offersByBrand, windowExposure } from './first-purchase.ts';
import type { Evidence } from './posterior.ts';
import { centreOf, estimatedPulls, inferClient, logIntensityVariance, RATE, RESPONSE } from './posterior.ts';
import type { Stretch } from './purchases.ts';
import { AMOUNT_SIGMA, newPurchaseRate, timeAt } from './purchases.ts';
import { activityRanker, mean, precisions, randomRanker } from './rankers.ts';
import type { ClosedOffer, OfferTruth } from './truth.ts';
import type { Life, Moment, World } from './world.ts';
import { lives, momentOf, relativePulls } from './world.ts';

/** AP@100 per closed offer under each ranker of the world, and the truth itself. */
export interface Evaluation {
  readonly truths: readonly OfferTruth[];
  /** Customers that are visible before the snapshot's end, by offer (indices of clients). */
  readonly known: readonly ReadonlySet<number>[];
  readonly oracle: readonly number[];
  readonly informed: readonly number[];
  readonly activity: readonly number[];
  readonly random: readonly number[];
}

/** Share of the clients that an offer must win as new customers to count in the closed set. */
const MIN_POSITIVES = 0.0375;

/** Nodes and weights of the Gauss-Hermite rule for a standard normal, five points. */
const NODES = [-2.856970013872806, -1.355626179974266, 0, 1.355626179974266, 2.856970013872806];
const WEIGHTS = [
  0.011257411327720691, 0.22207592200561266, 0.5333333333333333, 0.22207592200561266, 0.011257411327720691,
];

function evidenceOf(
  world: World,
  moment: Moment,
  life: Life,
  stretches: readonly Stretch[],
  byBrand: Evidence['offers'],
): Evidence {
  const { brands } = life.stretch;
  const first = new Float64Array(brands.count).fill(Number.POSITIVE_INFINITY);
  const bought = new Float64Array(brands.count);
  const online = new Float64Array(brands.count);
  let purchases = 0;
  let amountSurplus = 0;
  for (const purchase of life.purchases) {
    if (purchase.day < moment.from || purchase.day > moment.until) continue;
    const b = purchase.brand;
    if (bought[b] === 0) first[b] = timeAt(moment.clock, purchase.day) + 0.5;
    bought[b] = (bought[b] as number) + 1;
    if (purchase.online) online[b] = (online[b] as number) + 1;
    purchases++;
    amountSurplus += purchase.logAmount - (brands.logAmount[b] as number) - life.stretch.law.amount * AMOUNT_SIGMA;
  }
  return {
    stretches,
    clock: moment.clock,
    from: timeAt(moment.clock, moment.from),
    until: timeAt(moment.clock, moment.until + 1),
    first,
    bought,
    online,
    purchases,
    amountSurplus,
    exposures: exposures(
      world.config,
      life.client,
      world.catalog.offers,
      moment.until,
      relativePulls(life.stretch),
      life.firstDay,
    ),
    offers: byBrand,
    perDay: world.config.purchasesPerDay,
    activationLogit: world.config.activationLogit,
  };
}

/** Share of a brand among those in business. */
function alive(stretch: Stretch, share: Float64Array, day: Day): number {
  let total = 0;
  for (let b = 0; b < share.length; b++) if ((stretch.brands.born[b] as number) <= day) total += share[b] as number;
  return total;
}

/** Ranks the closed offers of a step by the oracle, the informed ranker, activity and chance, against the simulated future. */
export function evaluate(world: World, step: number, offers: readonly ClosedOffer[]): Evaluation {
  const moment = momentOf(world, step);
  const truths = offers.map((offer) => ({ offer, positives: [] as number[], customers: new Set<number>() }));
  const known = offers.map(() => new Set<number>());
  const oracle = offers.map(() => new Float64Array(moment.clients).fill(Number.NEGATIVE_INFINITY));
  const informed = offers.map(() => new Float64Array(moment.clients).fill(Number.NEGATIVE_INFINITY));
  const activity = new Float64Array(moment.clients);
  const byBrand = offersByBrand(world.branded);
  const { clock, until } = moment;
  const share = new Float64Array(world.brands.count);
  for (const life of lives(world, moment)) {
    const { client, firstDay, stretch } = life;
    activity[client.index] = life.purchases.filter((p) => p.day >= moment.from && p.day <= until).length;
    const evidence = evidenceOf(world, moment, life, life.stretches, byBrand);
    const posterior = inferClient(evidence);
    const guess = estimatedPulls(stretch, posterior.mode, new Float64Array(stretch.brands.count));
    shares(guess, guess);
    const centre = centreOf(stretch.brands, guess);
    logPulls(stretch.brands, { taste: client.taste, online: client.online, home: client.home }, share);
    shares(share, share);
    const rate =
      newPurchaseRate(world.config.purchasesPerDay, client.logActivity, client.habit) /
      alive(stretch, share, until + 1);
    const guessRate = Math.exp(posterior.mode[RATE] as number) / alive(stretch, guess, until + 1);
    offers.forEach((offer, place) => {
      const first = firstDay.get(offer.brand);
      if (first !== undefined && first <= until) (known[place] as Set<number>).add(client.index);
      const entry = truths[place] as (typeof truths)[number];
      if (first !== undefined && first < offer.start) entry.customers.add(client.index);
      else if (first !== undefined && first <= offer.end) entry.positives.push(client.index);
      const rivals = byBrand.get(offer.brand);
      const base = stretch.brands.logAmount[offer.brand] as number;
      const truly = windowExposure(clock, rivals, until, offer.start, offer.end, base + client.logAmount);
      const response = Math.exp(client.logResponse);
      (oracle[place] as Float64Array)[client.index] = firstPurchaseChance(
        rate * (share[offer.brand] as number),
        response,
        truly,
      );
      const guessed = windowExposure(clock, rivals, until, offer.start, offer.end, base + posterior.logAmount);
      const guessResponse = Math.exp(posterior.mode[RESPONSE] as number);
      const offered = guessResponse * guessed.window.offered;
      const answered = offered / (offered + guessed.window.plain);
      const spread = Math.sqrt(logIntensityVariance(posterior, stretch.brands, offer.brand, centre, answered));
      let chance = 0;
      for (let i = 0; i < NODES.length; i++) {
        const intensity = guessRate * (guess[offer.brand] as number) * Math.exp(spread * (NODES[i] as number));
        chance += (WEIGHTS[i] as number) * firstPurchaseChance(intensity, guessResponse, guessed);
      }
      (informed[place] as Float64Array)[client.index] = chance;
    });
  }
  // An offer with hardly any new customers measures luck, so the closed set leaves it out.
  const counted = offers
    .map((_, place) => place)
    .filter((place) => (truths[place] as OfferTruth).positives.length >= MIN_POSITIVES * moment.clients);
  const select = <T>(items: readonly T[]): T[] => counted.map((place) => items[place] as T);
  return rankAll(world, moment, select(truths), select(known), select(oracle), select(informed), activity);
}

function rankAll(
  world: World,
  moment: Moment,
  truths: readonly OfferTruth[],
  known: readonly ReadonlySet<number>[],
  oracle: readonly Float64Array[],
  informed: readonly Float64Array[],
  activity: Float64Array,
): Evaluation {
  return {
    truths,
    known,
    oracle: precisions(truths, known, (_, place) => oracle[place] as Float64Array),
    informed: precisions(truths, known, (_, place) => informed[place] as Float64Array),
    activity: precisions(truths, known, activityRanker(activity)),
    random: precisions(truths, known, randomRanker(world.config.seed, moment.clients)),
  };
}

/** MAP@100 of each ranker. */
export function summary(evaluation: Evaluation): {
  oracle: number;
  informed: number;
  activity: number;
  random: number;
} {
  return {
    oracle: mean(evaluation.oracle),
    informed: mean(evaluation.informed),
    activity: mean(evaluation.activity),
    random: mean(evaluation.random),
  };
}
