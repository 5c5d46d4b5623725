import { countsByValue } from './samples.ts';
import { defineStatTest } from './stat-test.ts';

/** Energy distance (Szekely): sqrt(2 * integral of the squared gap of the distribution functions), in roots of the values' unit. */
export const energyDistance = defineStatTest({
  name: 'ed',
  title: 'Energy-distance',
  types: ['num'],
  threshold: 0.1,
  drift: 'above',
  score(samples) {
    const { values, reference, current } = countsByValue(samples);
    let integral = 0;
    for (let i = 0, before = 0, now = 0; i + 1 < values.length; i++) {
      before += reference[i];
      now += current[i];
      const gap = before / samples.reference.size - now / samples.current.size;
      integral += gap * gap * (values[i + 1] - values[i]);
    }
    return Math.sqrt(2 * integral);
  },
});
