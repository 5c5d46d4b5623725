import { countsByValue, momentsOf } from './samples.ts';
import { defineStatTest } from './stat-test.ts';

/** Evidently divides by at least this standard deviation. */
const SMALLEST_DEVIATION = 0.001;

/** Earth mover's distance in (population) standard deviations of the reference. */
export const wasserstein = defineStatTest({
  name: 'wasserstein',
  title: 'Wasserstein distance (normed)',
  types: ['num'],
  threshold: 0.1,
  drift: 'reached-above',
  score(samples) {
    const { values, reference, current } = countsByValue(samples);
    const [n, m] = [samples.reference.size, samples.current.size];
    let distance = 0;
    for (let i = 0, ahead = 0; i + 1 < values.length; i++) {
      ahead += reference[i] / n - current[i] / m;
      distance += Math.abs(ahead) * (values[i + 1] - values[i]);
    }
    return distance / Math.max(Math.sqrt(momentsOf(samples.reference).squares / n), SMALLEST_DEVIATION);
  },
});
