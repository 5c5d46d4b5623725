import { logPulls, shares, TASTE_SCALE } from './affinity.ts';
import type { Brands } from './brands.ts';
import { backward, cholesky, forward } from './cholesky.ts';
import { MEAN_HABIT, SPREAD } from './clients.ts';
import { activationProbability, type Exposure } from './exposure.ts';
import type { OffersByBrand } from './first-purchase.ts';
import { exposed, upliftAt } from './first-purchase.ts';
import { DIMENSIONS } from './population.ts';
import type { Clock, Stretch } from './purchases.ts';
import { LOG_MEAN, ONLINE_POINTS, timeAt } from './purchases.ts';

/**
 * What the bank could know of one client at best: the laws and the brands are given, the hidden traits are inferred from
 * demographics, visible purchases and responses to past offers (the mode of the posterior and the curvature there).
 */
export interface Posterior {
  /** Mode per hidden trait: deviations of taste (DIMENSIONS), of the online leaning; log-rate of new purchases, log-response. */
  readonly mode: Float64Array;
  /** Cholesky factor of the posterior precision. */
  readonly factor: Float64Array;
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
  readonly activationLogit: number;
}

/** Places of the traits after the taste. */
const ONLINE = DIMENSIONS;
export const RATE = DIMENSIONS + 1;
export const RESPONSE = DIMENSIONS + 2;
export const SIZE = DIMENSIONS + 3;
const STEPS = 7;
/** Prior precision per trait; the log-rate's comes from the activity of the client. */
const PRIOR_PRECISION: readonly (number | undefined)[] = [
  ...Array.from({ length: DIMENSIONS }, () => 1 / SPREAD.taste ** 2),
  1 / SPREAD.online ** 2,
  undefined,
  1 / SPREAD.logResponse ** 2,
];
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
  for (let i = 0; i < 20; i++) {
    const expected = exposure * Math.exp(mode);
    curvature = expected + 1 / variance;
    const step = (count - expected - (mode - prior) / variance) / curvature;
    mode += Math.max(-1, Math.min(1, step));
  }
  return { mode, variance: 1 / curvature };
}

function addActivations(
  evidence: Evidence,
  relativePull: (brand: number) => number,
  mode: Float64Array,
  gradient: Float64Array,
  precision: Float64Array,
): void {
  const response = mode[RESPONSE] as number;
  for (const { offer, activated } of evidence.exposures) {
    const customer = offer.brand >= 0 && (evidence.first[offer.brand] as number) < timeAt(evidence.clock, offer.start);
    const p = activationProbability(
      evidence.activationLogit,
      response,
      offer.brand < 0 ? 0 : relativePull(offer.brand),
      customer,
    );
    gradient[RESPONSE] = (gradient[RESPONSE] as number) + (activated === null ? 0 : 1) - p;
    precision[RESPONSE * SIZE + RESPONSE] = (precision[RESPONSE * SIZE + RESPONSE] as number) + p * (1 - p);
  }
}

/** Log-pulls of the brands under estimated traits, in one stretch. */
export function estimatedPulls(stretch: Stretch, mode: Float64Array, target: Float64Array): Float64Array {
  const { prior, region } = stretch.client;
  const taste = new Float64Array(DIMENSIONS);
  for (let d = 0; d < DIMENSIONS; d++) taste[d] = (prior.taste[d] as number) + (mode[d] as number);
  return logPulls(stretch.brands, { taste, online: prior.online + (mode[ONLINE] as number), home: region }, target);
}

/** The row of a brand's log-share as a linear function of the traits, around the mean over brands. */
function gradientRow(brands: Brands, brand: number, centre: Float64Array, row: Float64Array): void {
  const offset = brand * DIMENSIONS;
  for (let d = 0; d < DIMENSIONS; d++)
    row[d] = TASTE_SCALE * (brands.taste[offset + d] as number) - (centre[d] as number);
  row[ONLINE] = (brands.onlinePull[brand] as number) - (centre[ONLINE] as number);
  row[RATE] = 1;
  row[RESPONSE] = 0;
}

/** The mean row under the shares; the last entry stays 0. */
export function centreOf(brands: Brands, share: Float64Array): Float64Array {
  const centre = new Float64Array(SIZE);
  for (let b = 0; b < brands.count; b++) {
    const weight = share[b] as number;
    const offset = b * DIMENSIONS;
    for (let d = 0; d < DIMENSIONS; d++)
      centre[d] = (centre[d] as number) + weight * TASTE_SCALE * (brands.taste[offset + d] as number);
    centre[ONLINE] = (centre[ONLINE] as number) + weight * (brands.onlinePull[b] as number);
  }
  return centre;
}

/** What a client was exposed to until the first purchase at each brand, in one stretch; and what ran at that purchase. */
interface ExposureTable {
  readonly plain: Float64Array;
  readonly offered: Float64Array;
  readonly upliftAtFirst: Float64Array;
}

function exposureTable(
  evidence: Evidence,
  stretch: Stretch,
  next: Stretch | undefined,
  logAmount: number,
): ExposureTable {
  const { clock } = evidence;
  const opens = Math.max(evidence.from, timeAt(clock, Math.max(stretch.from, stretch.client.joined)));
  const closes = Math.min(evidence.until, next ? timeAt(clock, next.from) : evidence.until);
  const { count } = stretch.brands;
  const table = {
    plain: new Float64Array(count),
    offered: new Float64Array(count),
    upliftAtFirst: new Float64Array(count),
  };
  for (let b = 0; b < count; b++) {
    const first = evidence.first[b] as number;
    const from = Math.max(opens, timeAt(clock, stretch.brands.born[b] as number));
    const until = Math.min(closes, first);
    if (until <= from) continue;
    const usual = (stretch.brands.logAmount[b] as number) + logAmount;
    const offers = evidence.offers.get(b);
    const { plain, offered } = exposed(clock, offers, from, until, usual);
    table.plain[b] = plain;
    table.offered[b] = offered;
    if (first < closes) table.upliftAtFirst[b] = upliftAt(clock, offers, first, usual);
  }
  return table;
}

function addFirstPurchases(
  evidence: Evidence,
  stretch: Stretch,
  table: ExposureTable,
  closes: number,
  mode: Float64Array,
  gradient: Float64Array,
  precision: Float64Array,
): void {
  const { brands } = stretch;
  const share = estimatedPulls(stretch, mode, new Float64Array(brands.count));
  shares(share, share);
  const centre = centreOf(brands, share);
  const rate = Math.exp(mode[RATE] as number);
  const response = Math.exp(mode[RESPONSE] as number);
  const opens = timeAt(evidence.clock, stretch.from);
  const row = new Float64Array(SIZE);
  for (let b = 0; b < brands.count; b++) {
    const first = evidence.first[b] as number;
    const happened = first >= opens && first < closes ? 1 : 0;
    const offered = response * (table.offered[b] as number);
    const expected = rate * (share[b] as number) * ((table.plain[b] as number) + offered);
    if (happened === 0 && expected === 0) continue;
    gradientRow(brands, b, centre, row);
    for (let i = 0; i < SIZE; i++) {
      const value = row[i] as number;
      gradient[i] = (gradient[i] as number) + (happened - expected) * value;
      for (let j = 0; j <= i; j++) {
        precision[i * SIZE + j] = (precision[i * SIZE + j] as number) + expected * value * (row[j] as number);
      }
    }
    // The response acts on the offered part alone: its own row is the share of that part.
    const answered = rate * (share[b] as number) * offered;
    const uplift = response * (table.upliftAtFirst[b] as number);
    gradient[RESPONSE] = (gradient[RESPONSE] as number) + (happened * uplift) / (1 + uplift) - answered;
    for (let j = 0; j < RESPONSE; j++) {
      precision[RESPONSE * SIZE + j] = (precision[RESPONSE * SIZE + j] as number) + answered * (row[j] as number);
    }
    precision[RESPONSE * SIZE + RESPONSE] = (precision[RESPONSE * SIZE + RESPONSE] as number) + answered;
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
  const leaning = client.prior.online + (mode[ONLINE] as number) + stretch.law.online * ONLINE_POINTS;
  const at = ONLINE * SIZE + ONLINE;
  for (let b = 0; b < brands.count; b++) {
    const count = evidence.bought[b] as number;
    if (count === 0) continue;
    const p = 1 / (1 + Math.exp(-(brands.onlineLogit[b] as number) - leaning));
    gradient[ONLINE] = (gradient[ONLINE] as number) + (evidence.online[b] as number) - count * p;
    precision[at] = (precision[at] as number) + count * p * (1 - p);
  }
}

interface PastOffer {
  readonly brand: number;
  readonly offered: number;
}

function pastOffers(evidence: Evidence, last: Stretch, from: number, logAmount: number): PastOffer[] {
  const out: PastOffer[] = [];
  for (const [brand, offers] of evidence.offers) {
    const usual = (last.brands.logAmount[brand] as number) + logAmount;
    for (const offer of offers) {
      const { offered } = exposed(evidence.clock, [offer], from, evidence.until, usual);
      if (offered > 0) out.push({ brand, offered });
    }
  }
  return out;
}

/** Expected number of purchases that past offers brought about (each at most one), given log-pulls of the brands. */
function answersExpected(pasts: readonly PastOffer[], pulls: Float64Array, mode: Float64Array): number {
  const share = shares(pulls, new Float64Array(pulls.length));
  const scale = Math.exp((mode[RATE] as number) + (mode[RESPONSE] as number));
  let expected = 0;
  for (const past of pasts) expected += 1 - Math.exp(-scale * (share[past.brand] as number) * past.offered);
  return expected;
}

/** Infers one client from what is visible. */
export function inferClient(evidence: Evidence): Posterior {
  const last = evidence.stretches.at(-1) as Stretch;
  const { client } = last;
  const from = Math.max(evidence.from, timeAt(evidence.clock, client.joined));
  const exposure = evidence.perDay * Math.exp(LOG_MEAN) * Math.max(0, evidence.until - from);
  const toRate = Math.log(evidence.perDay) + LOG_MEAN + Math.log(1 - MEAN_HABIT);
  const amountPrecision = 1 / SPREAD.logAmount ** 2;
  const logAmount =
    (client.prior.logAmount * amountPrecision + evidence.amountSurplus / AMOUNT_VARIANCE) /
    (amountPrecision + evidence.purchases / AMOUNT_VARIANCE);
  const mode = new Float64Array(SIZE);
  const factor = new Float64Array(SIZE * SIZE);
  const relative = new Float64Array(last.brands.count);
  const relativePull = (brand: number): number =>
    ((relative[brand] as number) - (last.brands.logPopularity[brand] as number)) / TASTE_SCALE;
  const tables = evidence.stretches.map((stretch, i) =>
    exposureTable(evidence, stretch, evidence.stretches[i + 1], logAmount),
  );
  const pasts = pastOffers(evidence, last, from, logAmount);
  for (let step = 0; step < STEPS; step++) {
    // Purchases that offers brought about say nothing of the client's own pace: their expected number is taken off.
    estimatedPulls(last, mode, relative);
    const own = Math.max(
      0.2 * evidence.purchases,
      evidence.purchases - (step === 0 ? 0 : answersExpected(pasts, relative, mode)),
    );
    const activity = poissonLogRate(own, exposure, client.prior.logActivity, SPREAD.logActivity ** 2);
    const rateMean = activity.mode + toRate;
    const ratePrecision = 1 / (activity.variance + HABIT_VARIANCE);
    if (step === 0) mode[RATE] = rateMean;
    const gradient = new Float64Array(SIZE);
    factor.fill(0);
    for (let d = 0; d < SIZE; d++) {
      const weight = PRIOR_PRECISION[d] ?? ratePrecision;
      factor[d * SIZE + d] = weight;
      gradient[d] = -weight * ((mode[d] as number) - (d === RATE ? rateMean : 0));
    }
    evidence.stretches.forEach((stretch, i) => {
      const next = evidence.stretches[i + 1];
      const closes = next ? timeAt(evidence.clock, next.from) : evidence.until;
      addFirstPurchases(evidence, stretch, tables[i] as ExposureTable, closes, mode, gradient, factor);
    });
    addOnlineFlags(evidence, last, mode, gradient, factor);
    addActivations(evidence, relativePull, mode, gradient, factor);
    cholesky(factor, SIZE);
    forward(factor, SIZE, gradient);
    backward(factor, SIZE, gradient);
    for (let d = 0; d < SIZE; d++) mode[d] = (mode[d] as number) + Math.max(-1.5, Math.min(1.5, gradient[d] as number));
  }
  return { mode, factor, logAmount };
}

/**
 * Variance of the log-intensity of a brand for an inferred client; `answered` is the part of the exposure that comes from
 * offers (0..1), on which the response acts.
 */
export function logIntensityVariance(
  posterior: Posterior,
  brands: Brands,
  brand: number,
  centre: Float64Array,
  answered: number,
): number {
  const row = new Float64Array(SIZE);
  gradientRow(brands, brand, centre, row);
  row[RESPONSE] = answered;
  forward(posterior.factor, SIZE, row);
  let variance = 0;
  for (const value of row) variance += value * value;
  return variance;
}
