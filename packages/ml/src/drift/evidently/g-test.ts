import { chiSquareP } from '../distributions.ts';
import { countsByValue } from './samples.ts';
import { defineStatTest } from './stat-test.ts';

/**
 * P-value of the likelihood ratio 2 sum c ln(c / e); new and single categories as in chisquare.ts. Expected counts follow the
 * current size; Evidently takes the reference counts as they are, which SciPy refuses for samples of unequal size.
 */
export const gTest = defineStatTest({
  name: 'g_test',
  title: 'g_test',
  types: ['cat'],
  threshold: 0.1,
  drift: 'below',
  score(samples) {
    const { reference, current } = countsByValue(samples);
    const scale = samples.current.size / samples.reference.size;
    const statistic = reference.reduce(
      (sum, count, i) => sum + (current[i] > 0 ? 2 * current[i] * Math.log(current[i] / (count * scale)) : 0),
      0,
    );
    return statistic === Number.POSITIVE_INFINITY ? 0 : chiSquareP(statistic, reference.length - 1);
  },
});
