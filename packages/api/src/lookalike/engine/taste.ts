/** Tastes: the first-purchase model. Brand vectors belong to the model; users are estimated anew in every view. */
import {
  estimateItems,
  estimateUsers,
  type FirstPurchaseModel,
  type FirstPurchaseParams,
  fitFirstPurchases,
  logHazards,
  logTotals,
} from '@kindred/ml/recommendation/first-purchase-model.ts';
import { firstPurchases, type ViewPurchases } from './first-purchases.ts';
import { type TasteParts, tasteParts } from './taste-parts.ts';
import type { UserView } from './user-view.ts';
import type { World } from './world.ts';

/** Brand vectors by brand id, as they are kept in a model. */
export interface BrandVectors {
  readonly params: FirstPurchaseParams;
  readonly brandIds: Float64Array;
  /** brands x (1 + factors). */
  readonly vectors: Float64Array;
}

/** Tastes of the users of one view, and the vectors of its brands. */
export interface ViewTaste extends ViewPurchases {
  readonly model: FirstPurchaseModel;
  readonly params: FirstPurchaseParams;
  /** Log of the sum of each user's hazards over all brands. */
  readonly total: Float32Array;
}

/** Fits brand vectors on a view; `start`, of an earlier view of the same world, saves most of the work. */
export function fitTaste(world: World, view: UserView, params: FirstPurchaseParams, start?: ViewTaste): ViewTaste {
  const purchases = firstPurchases(world, view);
  return withModel(purchases, params, fitFirstPurchases(purchases.data, params, start?.model));
}

const withModel = (purchases: ViewPurchases, params: FirstPurchaseParams, model: FirstPurchaseModel): ViewTaste => ({
  ...purchases,
  params,
  model,
  total: logTotals(purchases.data, model),
});

/** Tastes for a view of any version: known brands keep their vectors, users and then unknown brands are estimated. */
export function tasteOf(world: World, view: UserView, { params, brandIds, vectors }: BrandVectors): ViewTaste {
  const purchases = firstPurchases(world, view);
  const { data, brands } = purchases;
  const width = params.factors + 1;
  const position = new Map<number, number>();
  for (let b = 0; b < brandIds.length; b++) position.set(brandIds[b], b);
  const items = new Float64Array(brands.length * width);
  const unknown: number[] = [];
  brands.forEach((b, item) => {
    const from = position.get(world.brandIds[b]);
    if (from === undefined) {
      unknown.push(item);
      items[item * width] = RARE;
    } else items.set(vectors.subarray(from * width, (from + 1) * width), item * width);
  });
  const model = estimateUsers(data, params, items);
  if (unknown.length > 0) estimateItems(data, params, model, unknown);
  return withModel(purchases, params, model);
}

/** Log popularity that a brand unknown to the model starts from. */
const RARE = -4;

export interface TasteScores extends TasteParts {
  /** Log hazard of a first purchase at the brand. */
  readonly hazard: Float32Array;
  /** Log of the brand's share in all the user's first purchases: taste without activity. */
  readonly share: Float32Array;
}

/** Both about their means over those who may be in the audience; for an offer without a brand, or with one of the rarest, activity alone. */
export function tasteScores(viewTaste: ViewTaste, brand: number, customer: Uint8Array): TasteScores {
  const { data, model, brands, total, presence } = viewTaste;
  const hazard = new Float32Array(customer.length);
  const share = new Float32Array(customer.length);
  const item = brands.indexOf(brand);
  if (item < 0) hazard.set(total);
  else {
    logHazards(data, model, item, hazard);
    for (let u = 0; u < share.length; u++) share[u] = hazard[u] - total[u];
  }
  for (let u = 0; u < hazard.length; u++) hazard[u] -= presence[u];
  return { hazard: centred(hazard, customer), share: centred(share, customer), ...tasteParts(viewTaste, item) };
}

function centred(values: Float32Array, customer: Uint8Array): Float32Array {
  let sum = 0;
  let count = 0;
  for (let u = 0; u < values.length; u++) {
    if (customer[u]) continue;
    sum += values[u];
    count++;
  }
  const mean = count > 0 ? sum / count : 0;
  for (let u = 0; u < values.length; u++) values[u] -= mean;
  return values;
}
