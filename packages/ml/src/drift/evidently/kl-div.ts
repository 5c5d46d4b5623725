import { shares } from '../histogram.ts';
import { defineStatTest } from './stat-test.ts';
import { binnedShares } from './sturges-bins.ts';

/** Kullback-Leibler divergence of the current bins from the reference's, in nats; empty bins filled, then summing to one again. */
export const klDiv = defineStatTest({
  name: 'kl_div',
  title: 'Kullback-Leibler divergence',
  types: ['cat', 'num'],
  threshold: 0.1,
  drift: 'reached-above',
  score(samples) {
    const [reference, current] = binnedShares(samples, true).map(shares);
    return reference.reduce((sum, share, i) => sum + share * Math.log(share / current[i]), 0);
  },
});
