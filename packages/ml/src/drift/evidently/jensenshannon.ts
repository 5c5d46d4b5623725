import { jensenShannonDistance } from '../jensen-shannon.ts';
import { defineStatTest } from './stat-test.ts';
import { binnedShares } from './sturges-bins.ts';

/** Jensen-Shannon distance (root of the divergence in nats) of the binned samples: 0 to sqrt(ln 2). */
export const jensenshannon = defineStatTest({
  name: 'jensenshannon',
  title: 'Jensen-Shannon distance',
  types: ['cat', 'num'],
  threshold: 0.1,
  drift: 'reached-above',
  score(samples) {
    const [reference, current] = binnedShares(samples, false);
    return jensenShannonDistance({ reference, current });
  },
});
