import { normalUpper } from './normal-tail.ts';
import { countsByValue } from './samples.ts';
import { defineStatTest } from './stat-test.ts';

/** Two-sided p-value that the share of the first category (ascending) is the same, with pooled variance. One category alone: 1. */
export const zTest = defineStatTest({
  name: 'z',
  title: 'Z-test p_value',
  types: ['cat'],
  threshold: 0.05,
  drift: 'below',
  score(samples) {
    const { values, reference, current } = countsByValue(samples);
    if (values.length === 1) return 1;
    const [n, m] = [samples.reference.size, samples.current.size];
    const share = 1 - (reference[0] + current[0]) / (n + m);
    const z = (reference[0] / n - current[0] / m) / Math.sqrt(share * (1 - share) * (1 / n + 1 / m));
    return 2 * normalUpper(Math.abs(z));
  },
});
