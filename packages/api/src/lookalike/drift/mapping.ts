/** The scales that a version's own features are measured on, and on which later versions are compared with it. */

import type { FirstPurchases } from './by-client.ts';
import type { Mapping, Scale } from './drift-profile.ts';
import type { Levelled, Snapshot } from './snapshot.ts';
import { learnBrandPairs } from './taste.ts';
import { learnTypeTastes } from './taste-of-types.ts';

/** Brands with strata of their own. */
const BRAND_STRATA = 200;

function scaleOf({ levels, codes }: Levelled): Scale {
  const counts = new Array<number>(levels.length).fill(0);
  for (const code of codes) if (code >= 0) counts[code]++;
  return { levels: [...levels], counts };
}

export function ageLevels(age: Float64Array): Levelled {
  const levels = [...new Set(age)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const code = new Map(levels.map((level, index) => [level, index]));
  return { levels, codes: Int32Array.from(age, (value) => code.get(value) ?? -1) };
}

function topBrands(snapshot: Snapshot): number[] {
  const counts = new Float64Array(snapshot.brandIds.length);
  for (const brand of snapshot.transactions.brand) if (brand >= 0) counts[brand]++;
  const order = [...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b);
  return order.slice(0, BRAND_STRATA).map((index) => snapshot.brandIds[index]);
}

export function ownMapping(snapshot: Snapshot, first: FirstPurchases): Mapping {
  return {
    scales: {
      amount: scaleOf(snapshot.transactions.amount),
      receipt_cost: scaleOf(snapshot.receipts.cost),
      receipt_items: scaleOf(snapshot.receipts.items),
      age: scaleOf(ageLevels(snapshot.age)),
    },
    strata: { brands: topBrands(snapshot), categories: [...snapshot.receipts.category.labels] },
    types: learnTypeTastes(snapshot),
    pairs: learnBrandPairs(snapshot, first),
  };
}
