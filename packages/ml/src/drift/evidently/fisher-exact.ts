import { MlError } from '../../errors.ts';
import { logGamma } from '../distributions.ts';
import { countsByValue } from './samples.ts';
import { defineStatTest } from './stat-test.ts';

const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/** Tables as likely as the observed one count, whatever rounding does to them. */
const AS_LIKELY = 1 + 1e-9;

/**
 * Two-sided p-value of Fisher's test on two categories: tables with these margins that are no likelier. Evidently refuses
 * samples of unequal size; here they are compared. @throws MlError INVALID_INPUT for more than two categories
 */
export const fisherExact = defineStatTest({
  name: 'fisher_exact',
  title: "Fisher's Exact test",
  types: ['cat'],
  threshold: 0.1,
  drift: 'below',
  score(samples) {
    const { values, reference, current } = countsByValue(samples);
    if (values.length > 2) throw new MlError('INVALID_INPUT', 'The test compares two categories.');
    const [n, m] = [samples.reference.size, samples.current.size];
    const first = reference[0] + current[0];
    const probability = (k: number) => Math.exp(logChoose(n, k) + logChoose(m, first - k) - logChoose(n + m, first));
    const observed = probability(reference[0]) * AS_LIKELY;
    let p = 0;
    for (let k = Math.max(0, first - m); k <= Math.min(n, first); k++) {
      const one = probability(k);
      if (one <= observed) p += one;
    }
    return Math.min(1, p);
  },
});
