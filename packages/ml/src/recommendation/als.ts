import { z } from 'zod';
import { defineRecommender } from '../estimator.ts';
import { fitImplicitAls, implicitAlsParams } from './implicit-als.ts';

export const implicitAls = defineRecommender({
  name: 'implicitAls',
  kind: 'recommender',
  title: 'Implicit matrix factorisation (ALS)',
  params: implicitAlsParams,
  modelVersion: 1,
  model: z.object({
    factors: z.int().positive(),
    userFactors: z.instanceof(Float32Array),
    itemFactors: z.instanceof(Float32Array),
  }),
  fit: (interactions, params) => fitImplicitAls(interactions, params),
  scores({ factors, userFactors, itemFactors }, user) {
    const scores = new Float64Array(itemFactors.length / factors);
    for (let item = 0; item < scores.length; item++) {
      for (let k = 0; k < factors; k++)
        scores[item] += userFactors[user * factors + k] * itemFactors[item * factors + k];
    }
    return scores;
  },
});
