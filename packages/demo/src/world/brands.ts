import { hashText, Random } from '../random.ts';
import { dayOf } from './calendar.ts';
import type { WorldConfig } from './config.ts';
import type { Law } from './law.ts';
import { CATEGORIES, DIMENSIONS, REGIONS } from './population.ts';

/** The brands of the world, column by column (index = place in the list, not an id). */
export interface Brands {
  readonly count: number;
  /** `brand_dk`, the id that the bank knows. */
  readonly id: Int32Array;
  readonly category: Int32Array;
  /** Log of the power-law popularity. */
  readonly logPopularity: Float64Array;
  /** Place in the space of tastes, `count` rows of DIMENSIONS. */
  readonly taste: Float64Array;
  /** How much the wish to buy online counts for the brand. */
  readonly onlinePull: Float64Array;
  /** Log-odds of an online purchase by a client without a leaning. */
  readonly onlineLogit: Float64Array;
  /** Mean log-amount of a purchase, in roubles. */
  readonly logAmount: Float64Array;
  /** First day of business. */
  readonly born: Int32Array;
  /** Bit mask over REGIONS where it has shops; 0 means everywhere. */
  readonly regions: Int32Array;
}

const PURPOSE = hashText('brands');
const DRIFT = hashText('brand-taste-drift');

function randomDirection(random: Random, target: Float64Array, offset: number, length: number): void {
  let norm = 0;
  for (let d = 0; d < DIMENSIONS; d++) {
    const value = random.normal();
    target[offset + d] = value;
    norm += value * value;
  }
  const scale = length / Math.sqrt(norm);
  for (let d = 0; d < DIMENSIONS; d++) target[offset + d] = (target[offset + d] as number) * scale;
}

export function createBrands(config: WorldConfig, ids?: readonly number[]): Brands {
  const count = ids?.length ?? config.brands;
  const random = new Random(config.seed, PURPOSE);
  const start = dayOf(config.historyStart);
  const length = dayOf(config.historyEnd) - start;
  const centres = new Float64Array(CATEGORIES.length * DIMENSIONS);
  for (let c = 0; c < CATEGORIES.length; c++) randomDirection(random, centres, c * DIMENSIONS, 0.8);
  const brands: Brands = {
    count,
    id: new Int32Array(count),
    category: new Int32Array(count),
    logPopularity: new Float64Array(count),
    taste: new Float64Array(count * DIMENSIONS),
    onlinePull: new Float64Array(count),
    onlineLogit: new Float64Array(count),
    logAmount: new Float64Array(count),
    born: new Int32Array(count),
    regions: new Int32Array(count),
  };
  const ranks = random.shuffle(Array.from({ length: count }, (_, i) => i));
  const used = new Set<number>();
  const weights = CATEGORIES.map((category) => category.weight);
  const own = new Float64Array(DIMENSIONS);
  for (let b = 0; b < count; b++) {
    let id = ids?.[b] ?? random.between(1000, 999_999);
    while (used.has(id)) id = random.between(1000, 999_999);
    used.add(id);
    brands.id[b] = id;
    const c = random.weighted(weights);
    brands.category[b] = c;
    const category = CATEGORIES[c] as (typeof CATEGORIES)[number];
    brands.logPopularity[b] = -0.9 * Math.log((ranks[b] as number) + 8) + 0.25 * random.normal();
    randomDirection(random, own, 0, 0.75);
    for (let d = 0; d < DIMENSIONS; d++) {
      brands.taste[b * DIMENSIONS + d] = (centres[c * DIMENSIONS + d] as number) + (own[d] as number);
    }
    const online = Math.min(0.985, Math.max(0.015, category.online));
    const logit = Math.log(online / (1 - online)) + 0.6 * random.normal();
    brands.onlineLogit[b] = logit;
    brands.onlinePull[b] = 0.25 * Math.tanh(logit / 1.5);
    brands.logAmount[b] = Math.log(category.cheque) + 0.45 * random.normal();
    const late = random.next() < 0.15;
    brands.born[b] = late ? start + random.between(10, Math.max(11, length - 20)) : start - 1000;
    const regional = random.next() < 0.3 && online < 0.9;
    if (regional) {
      const home = random.between(1, 5);
      let mask = 0;
      for (let i = 0; i < home; i++) mask |= 1 << random.below(REGIONS.length);
      brands.regions[b] = mask;
    }
  }
  return brands;
}

/** Brands under a law: each taste drift turns every brand's place towards a new one and re-draws some popularity. */
export function brandsUnder(config: WorldConfig, base: Brands, law: Law): Brands {
  if (law.taste.length === 0) return base;
  const taste = base.taste.slice();
  const logPopularity = base.logPopularity.slice();
  const fresh = new Float64Array(DIMENSIONS);
  law.taste.forEach((strength, epoch) => {
    const random = new Random(config.seed, DRIFT, epoch);
    const angle = (Math.min(1, strength) * Math.PI) / 2;
    for (let b = 0; b < base.count; b++) {
      const offset = b * DIMENSIONS;
      let length = 0;
      for (let d = 0; d < DIMENSIONS; d++) length += (taste[offset + d] as number) ** 2;
      randomDirection(random, fresh, 0, Math.sqrt(length));
      for (let d = 0; d < DIMENSIONS; d++) {
        taste[offset + d] = Math.cos(angle) * (taste[offset + d] as number) + Math.sin(angle) * (fresh[d] as number);
      }
      logPopularity[b] = (logPopularity[b] as number) + strength * random.normal();
    }
  });
  return { ...base, taste, logPopularity };
}
