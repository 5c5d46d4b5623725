import { oneSampleKolmogorovP } from './one-sample-kolmogorov.ts';
import { countsByValue } from './samples.ts';
import { defineStatTest } from './stat-test.ts';

/** Up to this size of both samples paths are counted, as SciPy's 'auto' does. */
const EXACT_UP_TO = 10_000;

/**
 * Share of the lattice paths from (0, 0) to (n, m) that touch a gap of at least h / lcm(n, m) (Hodges 1958): the chance of
 * a path to be at a point outside for the first time, carried along row by row. Time n m, memory m.
 */
function exactP(n: number, m: number, reached: (i: number, j: number) => boolean): number {
  // Share of the paths to (i, j) that went outside, for the i at hand.
  const outside = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      if (reached(i, j)) outside[j] = 1;
      else if (i === 0) outside[j] = j === 0 ? 0 : outside[j - 1];
      else if (j > 0) outside[j] = (outside[j] * i + outside[j - 1] * j) / (i + j);
    }
  }
  return outside[m];
}

/** The same for samples of one size n and a gap of h steps, by reflections (Gnedenko and Korolyuk 1951). Time n. */
function exactPOfEqualSizes(n: number, h: number): number {
  let p = 0;
  for (let k = Math.floor(n / h); k >= 1; k--) {
    let ratio = 1;
    for (let j = 0; j < h; j++) ratio *= (n - (k - 1) * h - j) / (n + (k - 1) * h + j + 1);
    p = ratio * (1 - p);
  }
  return Math.min(1, 2 * p);
}

/** Two-sided p-value of the largest gap of the distribution functions: exact up to 10 000 values, else by the one-sample law. */
export const ks = defineStatTest({
  name: 'ks',
  title: 'K-S p_value',
  types: ['num'],
  threshold: 0.05,
  drift: 'reached-below',
  score(samples) {
    const { reference, current } = countsByValue(samples);
    const [n, m] = [samples.reference.size, samples.current.size];
    let gap = 0;
    for (let i = 0, before = 0, now = 0; i < reference.length; i++) {
      before += reference[i];
      now += current[i];
      gap = Math.max(gap, Math.abs(before * m - now * n));
    }
    if (gap === 0) return 1;
    if (n === m && n <= EXACT_UP_TO) return exactPOfEqualSizes(n, gap / n);
    if (Math.max(n, m) <= EXACT_UP_TO) return exactP(n, m, (i, j) => Math.abs(i * m - j * n) >= gap);
    return oneSampleKolmogorovP(Math.round((n * m) / (n + m)), gap / (n * m));
  },
});
