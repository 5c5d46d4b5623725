import { defineStatTest } from './stat-test.ts';
import { binnedShares } from './sturges-bins.ts';

/** Population stability index: sum of (r - c) ln(r / c) over bins, empty ones filled. Dimensionless, from 0 up. */
export const psi = defineStatTest({
  name: 'psi',
  title: 'PSI',
  types: ['cat', 'num'],
  threshold: 0.1,
  drift: 'reached-above',
  score(samples) {
    const [reference, current] = binnedShares(samples, true);
    return reference.reduce((sum, share, i) => sum + (share - current[i]) * Math.log(share / current[i]), 0);
  },
});
