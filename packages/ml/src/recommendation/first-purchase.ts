import { z } from 'zod';
import { defineRecommender } from '../estimator.ts';
import { firstPurchaseParams, fitFirstPurchases } from './first-purchase-model.ts';
import { itemSpreads } from './user-spread.ts';

/**
 * The first-purchase model of users and items alone: without attributes and offsets, and without weights, which are no times
 * here. Whoever knows them calls fitFirstPurchases.
 */
export const firstPurchase = defineRecommender({
  name: 'firstPurchase',
  kind: 'recommender',
  title: 'Hazards of first purchases',
  params: firstPurchaseParams,
  modelVersion: 2,
  model: z.object({
    factors: z.int().positive(),
    users: z.instanceof(Float64Array),
    items: z.instanceof(Float64Array),
    scale: z.instanceof(Float64Array),
    shape: z.instanceof(Float64Array),
  }),
  fit: (interactions, params) => {
    const { factors, users, items, spread } = fitFirstPurchases(
      {
        interactions: { ...interactions, weight: new Float32Array(interactions.item.length).fill(1) },
        group: new Uint16Array(interactions.rows),
        offsets: new Float32Array(interactions.items),
        attributes: [],
      },
      params,
    );
    return { factors, users, items, ...spread };
  },
  /** Log hazards. */
  scores({ factors, users, items, scale, shape }, user) {
    const width = factors + 1;
    const spreads = itemSpreads(items, { scale, shape }, width);
    const scores = new Float64Array(items.length / width);
    for (let item = 0; item < scores.length; item++) {
      scores[item] = users[user * width] + items[item * width] + scale[user] * spreads[item];
      for (let k = 1; k < width; k++) scores[item] += users[user * width + k] * items[item * width + k];
    }
    return scores;
  },
});
