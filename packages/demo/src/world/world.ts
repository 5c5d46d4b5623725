import { hashText, uniformOf } from '../random.ts';
import { logPulls, TASTE_SCALE } from './affinity.ts';
import type { Brands } from './brands.ts';
import { brandsUnder, createBrands } from './brands.ts';
import type { Day } from './calendar.ts';
import { dayOf, dayWeight } from './calendar.ts';
import type { Client, Leanings } from './clients.ts';
import { createClient, createLeanings } from './clients.ts';
import type { WorldConfig } from './config.ts';
import { worldConfig } from './config.ts';
import type { Regime } from './law.ts';
import { BASE_LAW } from './law.ts';
import type { Catalog, Merchant, Offer } from './offers.ts';
import { createMerchants, createOffers, PLANNED_AHEAD } from './offers.ts';
import { CATEGORIES } from './population.ts';
import type { Clock, Purchase, Stretch } from './purchases.ts';
import { ACTIVITY_SIGMA, simulatePurchases } from './purchases.ts';
import type { Step } from './steps.ts';
import { parseSteps } from './steps.ts';

/** What is true at one version of the series. */
export interface Moment {
  readonly index: number;
  readonly step: Step;
  /** First and last day of the snapshot. */
  readonly from: Day;
  readonly until: Day;
  /** Clients of the bank at that moment (those numbered below it). */
  readonly clients: number;
  readonly regimes: readonly Regime[];
  /** Weighted time over the history and the future that the ground truth needs. */
  readonly clock: Clock;
}

export interface World {
  readonly config: WorldConfig;
  readonly brands: Brands;
  readonly leanings: Leanings;
  readonly catalog: Catalog;
  readonly moments: readonly Moment[];
  /** Offers with a brand that is bought, in order of their start. */
  readonly branded: readonly Offer[];
  /** Whether the catalog is the world's own; a given one is left as it is. */
  readonly generated: boolean;
  readonly newMerchantsPerStep: number;
  /** What receipts call the goods of a brand. */
  receiptCategory(brand: number): string;
}

/** Share of new clients with each version, and with a version of new entities. */
const GROWTH = 0.01;
const GROWTH_NEW_ENTITIES = 0.06;
/** Merchants that appear with a version of new entities, as a share. */
const NEW_MERCHANTS = 0.03;
/** Days beyond the snapshot that a clock covers: the planned offers and their windows. */
const FUTURE = PLANNED_AHEAD + 64;
const JOINED = hashText('joined');

function createClock(first: Day, last: Day, regimes: readonly Regime[]): Clock {
  const at = new Float64Array(last - first + 2);
  for (let day = first; day <= last; day++) {
    let i = regimes.length - 1;
    while (i > 0 && (regimes[i] as Regime).from > day) i--;
    const law = (regimes[i] as Regime).law;
    at[day - first + 1] = (at[day - first] as number) + dayWeight(day) * Math.exp(law.frequency * ACTIVITY_SIGMA);
  }
  return { first, at };
}

function createMoments(config: WorldConfig, steps: readonly Step[]): Moment[] {
  const start = dayOf(config.historyStart);
  let until = dayOf(config.historyEnd);
  let clients = config.users;
  let regimes: Regime[] = [{ from: start, law: BASE_LAW }];
  return steps.map((step, index) => {
    const before = until;
    if (index > 0) {
      until += config.stepDays;
      clients += Math.round(config.users * (step.newEntities ? GROWTH_NEW_ENTITIES : config.stepDays > 0 ? GROWTH : 0));
    }
    if (step.drifts.length > 0) {
      regimes =
        config.lawMode === 'rewrite' || index === 0
          ? [{ from: start, law: step.law }]
          : [...regimes, { from: before + 1, law: step.law }];
    }
    const from = config.windowDays === null ? start : Math.max(start, until - config.windowDays + 1);
    return { index, step, from, until, clients, regimes, clock: createClock(start, until + FUTURE, regimes) };
  });
}

export interface GivenCatalog {
  readonly brandIds: readonly number[];
  build(config: WorldConfig, brands: Brands, moments: readonly Moment[]): Catalog;
}

/** Creates a world; `given` brings a catalog from outside (the real one). Throws ZodError for a bad config. */
export function createWorld(input: Partial<WorldConfig>, given?: GivenCatalog): World {
  const config = worldConfig.parse(input);
  const steps = parseSteps(config.steps);
  const moments = createMoments(config, steps);
  const brands = createBrands(config, given?.brandIds);
  const last = (moments.at(-1) as Moment).until;
  const newMerchantsPerStep = given ? 0 : Math.round(config.merchants * NEW_MERCHANTS);
  const extra = steps.filter((step) => step.newEntities).length * newMerchantsPerStep;
  const merchants: Merchant[] = given ? [] : createMerchants(config, brands, extra);
  const catalog = given
    ? given.build(config, brands, moments)
    : { merchants, offers: createOffers(config, brands, merchants, last) };
  const branded = catalog.offers
    .filter((offer) => offer.brand >= 0)
    .sort((a, b) => a.start - b.start || a.index - b.index);
  return {
    config,
    brands,
    leanings: createLeanings(config),
    catalog,
    moments,
    branded,
    generated: given === undefined,
    newMerchantsPerStep,
    receiptCategory: (brand) => (CATEGORIES[brands.category[brand] as number] as (typeof CATEGORIES)[number]).receipt,
  };
}

export function momentOf(world: World, step: number): Moment {
  const moment = world.moments[step];
  if (!moment) throw new RangeError(`no step ${step}; the world has ${world.moments.length}`);
  return moment;
}

/** The day on which client `index` joined, null for those of the base version (who draw their own). */
function joinDay(world: World, index: number): Day | null {
  if (index < world.config.users) return null;
  let first = world.config.users;
  for (const moment of world.moments) {
    if (index < moment.clients && index >= first) {
      const days = Math.max(1, world.config.stepDays);
      return moment.until - Math.floor(uniformOf(world.config.seed, JOINED, index) * days);
    }
    first = moment.clients;
  }
  throw new RangeError(`no client ${index}`);
}

/** One client through the regimes of a moment. */
function stretchesOf(world: World, moment: Moment, index: number, cache: Map<Regime, Brands>): Stretch[] {
  const joined = joinDay(world, index);
  const stretches: Stretch[] = [];
  let client: Client | undefined;
  let segmentLaw = '';
  for (const regime of moment.regimes) {
    let brands = cache.get(regime);
    if (!brands) {
      brands = brandsUnder(world.config, world.brands, regime.law);
      cache.set(regime, brands);
    }
    const segments = regime.law.segments.join();
    if (!client || segments !== segmentLaw)
      client = createClient(world.config, world.leanings, index, joined, regime.law);
    segmentLaw = segments;
    stretches.push({ from: regime.from, law: regime.law, brands, client });
  }
  return stretches;
}

/** One client at a moment: who he or she is now, and all purchases up to the end of the clock (beyond the snapshot). */
export interface Life {
  readonly client: Client;
  readonly purchases: readonly Purchase[];
  /** Day of the first purchase per brand within what the snapshot's calendar shows. */
  readonly firstDay: ReadonlyMap<number, Day>;
  readonly stretches: readonly Stretch[];
  /** The last of the stretches: the present one. */
  readonly stretch: Stretch;
}

/** The lives of all clients at a moment, one after another, with little memory; the same every time. */
export function* lives(world: World, moment: Moment, from = 0, to = moment.clients): Generator<Life> {
  const cache = new Map<Regime, Brands>();
  const source = {
    seed: world.config.seed,
    perDay: world.config.purchasesPerDay,
    clock: moment.clock,
    offers: world.branded,
  };
  for (let index = from; index < to; index++) {
    const stretches = stretchesOf(world, moment, index, cache);
    const purchases = simulatePurchases(source, stretches);
    const firstDay = new Map<number, Day>();
    for (const purchase of purchases) {
      if (purchase.day >= moment.from && !firstDay.has(purchase.brand)) firstDay.set(purchase.brand, purchase.day);
    }
    const stretch = stretches.at(-1) as Stretch;
    yield { client: stretch.client, purchases, firstDay, stretches, stretch };
  }
}

const pullBuffers = new WeakMap<Brands, Float64Array>();

/** How much stronger than its popularity each brand pulls a client, in units of the spread of taste. */
export function relativePulls(stretch: Stretch): (brand: number) => number {
  let buffer = pullBuffers.get(stretch.brands);
  if (!buffer) {
    buffer = new Float64Array(stretch.brands.count);
    pullBuffers.set(stretch.brands, buffer);
  }
  const { client, brands } = stretch;
  const pulls = logPulls(brands, { taste: client.taste, online: client.online, home: client.home }, buffer);
  return (brand) => ((pulls[brand] as number) - (brands.logPopularity[brand] as number)) / TASTE_SCALE;
}
