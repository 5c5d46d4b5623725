import { MlError } from '../../errors.ts';
import { momentsOf } from './samples.ts';
import { defineStatTest } from './stat-test.ts';
import { studentTwoSided } from './student-tail.ts';

/** Two-sided p-value of Student's t with pooled variance. Without any variance: 1 for equal means (Evidently has NaN), else 0. */
export const tTest = defineStatTest({
  name: 't_test',
  title: 't_test',
  types: ['num'],
  threshold: 0.05,
  drift: 'below',
  score({ reference, current }) {
    const [n, m] = [reference.size, current.size];
    if (n + m < 3) throw new MlError('NOTHING_TO_LEARN', 'The t-test needs three values.');
    const [before, now] = [momentsOf(reference), momentsOf(current)];
    const gap = before.mean - now.mean;
    if (gap === 0) return 1;
    const variance = (before.squares + now.squares) / (n + m - 2);
    return studentTwoSided(gap / Math.sqrt(variance * (1 / n + 1 / m)), n + m - 2);
  },
});
