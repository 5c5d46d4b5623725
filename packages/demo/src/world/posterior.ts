import { logPulls, shares, TASTE_SCALE } from './affinity.ts';
import type { Brands } from './brands.ts';
import { backward, cholesky, forward } from './cholesky.ts';
import { MEAN_HABIT, SPREAD } from './clients.ts';
import { activationProbability, type Exposure } from './exposure.ts';
import type { OffersByBrand } from './first-purchase.ts';
import { exposureTime } from './first-purchase.ts';
import { DIMENSIONS } from './population.ts';
import type { Clock, Stretch } from './purchases.ts';
import { ONLINE_POINTS, timeAt } from './purchases.ts';

/**
 * What the bank could know of one client at best: the laws and the brands are given, the hidden traits are inferred from
 * demographics, visible purchases and responses to past offers (the mode of the posterior and the curvature there).
 */
export interface Posterior {
  /** Mode per hidden trait: deviations of taste (DIMENSIONS), of the online leaning, and the log-rate of new purchases. */
  readonly mode: Float64Array;
  /** Cholesky factor of the posterior precision. */
  readonly factor: Float64Array;
  readonly logResponse: number;
  readonly responseVariance: number;
  readonly logAmount: number;
}

/** What is visible of one client at the end of a snapshot. */
export interface Evidence {
  readonly stretches: readonly Stretch[];
  readonly clock: Clock;
  /** Effective time of the snapshot's first and last moment. */
  readonly from: number;
  readonly until: number;
  /** Per brand: effective time of the first purchase (Infinity where there is none), purchases, online ones. */
  readonly first: Float64Array;
  readonly bought: Float64Array;
  readonly online: Float64Array;
  readonly purchases: number;
  /** Sum over purchases of log-amount minus the brand's mean. */
  readonly amountSurplus: number;
  readonly exposures: readonly Exposure[];
  readonly offers: OffersByBrand;
  readonly perDay: number;
}

export const SIZE = DIMENSIONS + 2;
const STEPS = 5;
const TASTE_PRECISION = 1 / SPREAD.taste ** 2;
const ONLINE_PRECISION = 1 / SPREAD.online ** 2;
/** Variance of the log of the share of new purchases among clients. */
const HABIT_VARIANCE = (SPREAD.habit / (1 - MEAN_HABIT)) ** 2;
/** Variance of one log-amount around client and brand. */
const AMOUNT_VARIANCE = 0.25;

/** Mode and variance of the log of a Poisson rate with a normal prior on the log. */
function poissonLogRate(
  count: number,
  exposure: number,
  prior: number,
  variance: number,
): { mode: number; variance: number } {
  let mode = prior;
  let curvature = 1 / variance;
  for (let i = 0; i < 12; i++) {
    const expected = exposure * Math.exp(mode);
    curvature = expected + 1 / variance;
    mode += (count - expected - (mode - prior) / variance) / curvature;
  }
  return { mode, variance: 1 / curvature };
}

function respond(evidence: Evidence, relativePull: (brand: number) => number): { mode: number; variance: number } {
  const prior = 1 / SPREAD.logResponse ** 2;
  const items = evidence.exposures.map(({ offer, activated }) => ({
    activated: activated !== null,
    pull: offer.brand < 0 ? 0 : relativePull(offer.brand),
    customer: offer.brand >= 0 && (evidence.first[offer.brand] as number) < timeAt(evidence.clock, offer.start),
  }));
  let mode = 0;
  let curvature = prior;
  for (let i = 0; i < 6; i++) {
    let gradient = -mode * prior;
    curvature = prior;
    for (const item of items) {
      const p = activationProbability(mode, item.pull, item.customer);
      gradient += (item.activated ? 1 : 0) - p;
      curvature += p * (1 - p);
    }
    mode += gradient / curvature;
  }
  return { mode, variance: 1 / curvature };
}

/** Log-pulls of the brands under estimated traits, in one stretch. */
export function estimatedPulls(stretch: Stretch, mode: Float64Array, target: Float64Array): Float64Array {
  const { prior, region } = stretch.client;
  const taste = new Float64Array(DIMENSIONS);
  for (let d = 0; d < DIMENSIONS; d++) taste[d] = (prior.taste[d] as number) + (mode[d] as number);
  return logPulls(stretch.brands, { taste, online: prior.online + (mode[DIMENSIONS] as number), home: region }, target);
}

/** The row of a brand's log-share as a linear function of the traits, around the mean over brands. */
function gradientRow(brands: Brands, brand: number, centre: Float64Array, row: Float64Array): void {
  const offset = brand * DIMENSIONS;
  for (let d = 0; d < DIMENSIONS; d++)
    row[d] = TASTE_SCALE * (brands.taste[offset + d] as number) - (centre[d] as number);
  row[DIMENSIONS] = (brands.onlinePull[brand] as number) - (centre[DIMENSIONS] as number);
  row[DIMENSIONS + 1] = 1;
}

/** The mean row under the shares; the last entry stays 0. */
export function centreOf(brands: Brands, share: Float64Array): Float64Array {
  const centre = new Float64Array(SIZE);
  for (let b = 0; b < brands.count; b++) {
    const weight = share[b] as number;
    const offset = b * DIMENSIONS;
    for (let d = 0; d < DIMENSIONS; d++)
      centre[d] = (centre[d] as number) + weight * TASTE_SCALE * (brands.taste[offset + d] as number);
    centre[DIMENSIONS] = (centre[DIMENSIONS] as number) + weight * (brands.onlinePull[b] as number);
  }
  return centre;
}

/** Exposure of the client to each brand until its first purchase, per stretch. */
function exposureTable(
  evidence: Evidence,
  stretch: Stretch,
  next: Stretch | undefined,
  response: number,
  logAmount: number,
): Float64Array {
  const { clock } = evidence;
  const opens = Math.max(evidence.from, timeAt(clock, Math.max(stretch.from, stretch.client.joined)));
  const closes = Math.min(evidence.until, next ? timeAt(clock, next.from) : evidence.until);
  const table = new Float64Array(stretch.brands.count);
  for (let b = 0; b < table.length; b++) {
    const from = Math.max(opens, timeAt(clock, stretch.brands.born[b] as number));
    const until = Math.min(closes, evidence.first[b] as number);
    if (until <= from) continue;
    const usual = (stretch.brands.logAmount[b] as number) + logAmount;
    table[b] = exposureTime(clock, evidence.offers.get(b), from, until, response, usual);
  }
  return table;
}

function addFirstPurchases(
  evidence: Evidence,
  stretch: Stretch,
  exposure: Float64Array,
  closes: number,
  mode: Float64Array,
  gradient: Float64Array,
  precision: Float64Array,
): void {
  const { brands } = stretch;
  const share = estimatedPulls(stretch, mode, new Float64Array(brands.count));
  shares(share, share);
  const centre = centreOf(brands, share);
  const rate = Math.exp(mode[DIMENSIONS + 1] as number);
  const opens = timeAt(evidence.clock, stretch.from);
  const row = new Float64Array(SIZE);
  for (let b = 0; b < brands.count; b++) {
    const first = evidence.first[b] as number;
    const happened = first >= opens && first < closes ? 1 : 0;
    const expected = rate * (share[b] as number) * (exposure[b] as number);
    if (happened === 0 && expected === 0) continue;
    gradientRow(brands, b, centre, row);
    for (let i = 0; i < SIZE; i++) {
      const value = row[i] as number;
      gradient[i] = (gradient[i] as number) + (happened - expected) * value;
      for (let j = 0; j <= i; j++) {
        precision[i * SIZE + j] = (precision[i * SIZE + j] as number) + expected * value * (row[j] as number);
      }
    }
  }
}

function addOnlineFlags(
  evidence: Evidence,
  stretch: Stretch,
  mode: Float64Array,
  gradient: Float64Array,
  precision: Float64Array,
): void {
  const { brands, client } = stretch;
  const leaning = client.prior.online + (mode[DIMENSIONS] as number) + stretch.law.online * ONLINE_POINTS;
  const at = DIMENSIONS * SIZE + DIMENSIONS;
  for (let b = 0; b < brands.count; b++) {
    const count = evidence.bought[b] as number;
    if (count === 0) continue;
    const p = 1 / (1 + Math.exp(-(brands.onlineLogit[b] as number) - leaning));
    gradient[DIMENSIONS] = (gradient[DIMENSIONS] as number) + (evidence.online[b] as number) - count * p;
    precision[at] = (precision[at] as number) + count * p * (1 - p);
  }
}

/** Infers one client from what is visible. */
export function inferClient(evidence: Evidence): Posterior {
  const last = evidence.stretches.at(-1) as Stretch;
  const { client } = last;
  const from = Math.max(evidence.from, timeAt(evidence.clock, client.joined));
  const activity = poissonLogRate(
    evidence.purchases,
    evidence.perDay * Math.exp(-0.45) * Math.max(0, evidence.until - from),
    client.prior.logActivity,
    SPREAD.logActivity ** 2,
  );
  const rateMean = Math.log(evidence.perDay) + activity.mode - 0.45 + Math.log(1 - MEAN_HABIT);
  const ratePrecision = 1 / (activity.variance + HABIT_VARIANCE);
  const amountPrecision = 1 / SPREAD.logAmount ** 2;
  const logAmount =
    (client.prior.logAmount * amountPrecision + evidence.amountSurplus / AMOUNT_VARIANCE) /
    (amountPrecision + evidence.purchases / AMOUNT_VARIANCE);
  const mode = new Float64Array(SIZE);
  mode[DIMENSIONS + 1] = rateMean;
  const factor = new Float64Array(SIZE * SIZE);
  const relative = new Float64Array(last.brands.count);
  let response = respond(evidence, () => 0);
  for (let round = 0; round < 2; round++) {
    const tables = evidence.stretches.map((stretch, i) =>
      exposureTable(evidence, stretch, evidence.stretches[i + 1], Math.exp(response.mode), logAmount),
    );
    for (let step = 0; step < STEPS; step++) {
      const gradient = new Float64Array(SIZE);
      factor.fill(0);
      for (let d = 0; d < SIZE; d++) {
        const weight = d < DIMENSIONS ? TASTE_PRECISION : d === DIMENSIONS ? ONLINE_PRECISION : ratePrecision;
        factor[d * SIZE + d] = weight;
        gradient[d] = -weight * ((mode[d] as number) - (d === DIMENSIONS + 1 ? rateMean : 0));
      }
      evidence.stretches.forEach((stretch, i) => {
        const next = evidence.stretches[i + 1];
        const closes = next ? timeAt(evidence.clock, next.from) : evidence.until;
        addFirstPurchases(evidence, stretch, tables[i] as Float64Array, closes, mode, gradient, factor);
      });
      addOnlineFlags(evidence, last, mode, gradient, factor);
      cholesky(factor, SIZE);
      forward(factor, SIZE, gradient);
      backward(factor, SIZE, gradient);
      for (let d = 0; d < SIZE; d++)
        mode[d] = (mode[d] as number) + Math.max(-1.5, Math.min(1.5, gradient[d] as number));
    }
    estimatedPulls(last, mode, relative);
    response = respond(
      evidence,
      (brand) => ((relative[brand] as number) - (last.brands.logPopularity[brand] as number)) / TASTE_SCALE,
    );
  }
  return { mode, factor, logResponse: response.mode, responseVariance: response.variance, logAmount };
}

/** Variance of the log-intensity of a brand for an inferred client. */
export function logIntensityVariance(
  posterior: Posterior,
  brands: Brands,
  brand: number,
  centre: Float64Array,
): number {
  const row = new Float64Array(SIZE);
  gradientRow(brands, brand, centre, row);
  forward(posterior.factor, SIZE, row);
  let variance = 0;
  for (const value of row) variance += value * value;
  return variance;
}
