import { MersenneTwister } from './mersenne-twister.ts';
import { countsByValue, rowsOf } from './samples.ts';
import { defineStatTest } from './stat-test.ts';

const PERMUTATIONS = 1000;

/**
 * P-value of the total variation distance: share of 1000 permutations, those of NumPy's generator seeded with 0 as in
 * Evidently, that are at least as far apart. Compared in whole numbers, so that equal distances are equal.
 */
export const tvd = defineStatTest({
  name: 'TVD',
  title: 'Total-Variation-Distance',
  types: ['cat'],
  threshold: 0.1,
  drift: 'below',
  score(samples) {
    const { values, reference, current } = countsByValue(samples);
    const [n, m] = [samples.reference.size, samples.current.size];
    const place = new Map(Array.from(values, (value, index) => [value, index]));
    const codes = Int32Array.from(
      [...rowsOf(samples.reference), ...rowsOf(samples.current)],
      (value) => place.get(value) ?? 0,
    );
    const totals = reference.map((count, i) => count + current[i]);
    const distance = (counts: Float64Array) =>
      counts.reduce((sum, count, i) => sum + Math.abs(count * m - (totals[i] - count) * n), 0);
    const observed = distance(reference);
    const random = new MersenneTwister(0);
    let further = 0;
    for (let round = 0; round < PERMUTATIONS; round++) {
      const order = random.permutation(n + m);
      const counts = new Float64Array(values.length);
      for (let i = 0; i < n; i++) counts[codes[order[i]]]++;
      if (distance(counts) >= observed) further++;
    }
    return further / PERMUTATIONS;
  },
});
