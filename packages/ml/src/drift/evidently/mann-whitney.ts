import { normalUpper } from './normal-tail.ts';
import { countsByValue } from './samples.ts';
import { defineStatTest } from './stat-test.ts';

/** Up to this size of the smaller sample, and without ties, the distribution is counted out, as in SciPy. */
const EXACT_UP_TO = 8;

/** P(U >= u): arrangements by U, sample sizes growing one by one (Mann and Whitney 1947, as a product of quotients). */
function exactUpper(u: number, n: number, m: number): number {
  const ways = new Float64Array(n * m + 1);
  ways[0] = 1;
  for (let i = 1; i <= n; i++) {
    for (let k = n * m; k >= m + i; k--) ways[k] -= ways[k - m - i];
    for (let k = i; k <= n * m; k++) ways[k] += ways[k - i];
  }
  const all = ways.reduce((sum, count) => sum + count, 0);
  return ways.subarray(Math.ceil(u)).reduce((sum, count) => sum + count, 0) / all;
}

/** One-sided p-value that the reference is not below the current values, as Evidently asks; all values alike: 1, where SciPy divides by zero. */
export const mannWhitney = defineStatTest({
  name: 'mannw',
  title: 'Mann-Whitney U-rank test',
  types: ['num'],
  threshold: 0.05,
  drift: 'below',
  score(samples) {
    const { values, reference, current } = countsByValue(samples);
    const [n, m] = [samples.reference.size, samples.current.size];
    let [below, rankSum, ties] = [0, 0, 0];
    for (let i = 0; i < values.length; i++) {
      const tied = reference[i] + current[i];
      rankSum += reference[i] * (below + (tied + 1) / 2);
      ties += tied * tied * tied - tied;
      below += tied;
    }
    const u = n * m - (rankSum - (n * (n + 1)) / 2);
    if (ties === 0 && Math.min(n, m) <= EXACT_UP_TO) return exactUpper(u, Math.min(n, m), Math.max(n, m));
    const all = n + m;
    const deviation = Math.sqrt(((n * m) / 12) * (all + 1 - ties / (all * (all - 1))));
    return deviation > 0 ? normalUpper((u - (n * m) / 2 - 0.5) / deviation) : 1;
  },
});
