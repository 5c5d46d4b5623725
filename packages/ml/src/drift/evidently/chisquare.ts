import { chiSquareP } from '../distributions.ts';
import { countsByValue } from './samples.ts';
import { defineStatTest } from './stat-test.ts';

/**
 * P-value of chi-square of the current counts against the reference's shares. A category that the reference lacks makes
 * it 0; one category alone tells nothing: 1.
 */
export const chisquare = defineStatTest({
  name: 'chisquare',
  title: 'chi-square p_value',
  types: ['cat'],
  threshold: 0.05,
  drift: 'below',
  score(samples) {
    const { reference, current } = countsByValue(samples);
    const scale = samples.current.size / samples.reference.size;
    const statistic = reference.reduce((sum, count, i) => sum + (current[i] - count * scale) ** 2 / (count * scale), 0);
    return statistic === Number.POSITIVE_INFINITY ? 0 : chiSquareP(statistic, reference.length - 1);
  },
});
