import { countsByValue } from './samples.ts';
import { defineStatTest } from './stat-test.ts';
import { histogramOf, sturgesEdges } from './sturges-bins.ts';

/** Hellinger distance, 0 to 1; numbers in Sturges bins over the distinct values. */
export const hellinger = defineStatTest({
  name: 'hellinger',
  title: 'Hellinger distance',
  types: ['cat', 'num'],
  threshold: 0.1,
  drift: 'reached-above',
  score(samples) {
    const counts = countsByValue(samples);
    let [before, now] = [counts.reference, counts.current];
    if (samples.type === 'num') {
      const edges = sturgesEdges(counts.values.length, counts.values);
      [before, now] = [histogramOf(samples.reference, edges), histogramOf(samples.current, edges)];
    }
    const [n, m] = [samples.reference.size, samples.current.size];
    const overlap = before.reduce((sum, count, i) => sum + Math.sqrt((count / n) * (now[i] / m)), 0);
    return Math.sqrt(1 - Math.min(1, overlap));
  },
});
