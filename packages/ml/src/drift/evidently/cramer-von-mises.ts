import { MlError } from '../../errors.ts';
import { logGamma } from '../distributions.ts';
import { countsByValue } from './samples.ts';
import { defineStatTest } from './stat-test.ts';

/** Up to this size of both samples all arrangements are counted. */
const EXACT_UP_TO = 20;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** exp(-q) K(1/4, q) of the modified Bessel function, by the trapezoid rule on its integral, which converges geometrically. */
function scaledBessel(q: number): number {
  const step = 1 / 64;
  let sum = Math.exp(-2 * q) / 2;
  for (let t = step; ; t += step) {
    const exponent = -q * (1 + Math.cosh(t));
    if (exponent < -745) return sum * step;
    sum += Math.exp(exponent) * Math.cosh(t / 4);
  }
}

/** Limit law of the statistic (Csorgo and Faraway 1996, equation 1.2); terms below 1e-7 are left out, as in Evidently. */
function limitCdf(x: number): number {
  let total = 0;
  for (let k = 0; ; k++) {
    const y = 4 * k + 1;
    const factor = Math.exp(logGamma(k + 0.5) - logGamma(k + 1)) / (Math.PI ** 1.5 * Math.sqrt(x));
    const term = factor * Math.sqrt(y) * scaledBessel(y ** 2 / (16 * x));
    total += term;
    if (term < 1e-7) return total;
  }
}

/** Share of the arrangements whose statistic is at least u (Xiao, Gordon and Yakovlev 2006); those that are there already leave the count. */
function exactP(u: number, n: number, m: number): number {
  const lcm = (n * m) / gcd(n, m);
  const zeta = Math.floor((lcm ** 2 * (n + m) * (6 * u - n * m * (4 * n * m - 1))) / (6 * (n * m) ** 2));
  const [a, b] = [lcm / n, lcm / m];
  // Paths to (v, j) by their sum so far, and the number that has reached zeta.
  let row: { sums: Map<number, number>; done: number }[] = [];
  for (let j = 0; j <= m; j++) {
    const next: typeof row = [];
    for (let v = 0; v <= n; v++) {
      const cell = { sums: new Map<number, number>(), done: 0 };
      const distance = (a * v - b * j) ** 2;
      for (const from of [next[v - 1], row[v]]) {
        cell.done += from?.done ?? 0;
        for (const [sum, ways] of from?.sums ?? []) {
          if (sum + distance >= zeta) cell.done += ways;
          else cell.sums.set(sum + distance, (cell.sums.get(sum + distance) ?? 0) + ways);
        }
      }
      if (v === 0 && j === 0) {
        if (zeta <= 0) cell.done = 1;
        else cell.sums.set(0, 1);
      }
      next.push(cell);
    }
    row = next;
  }
  const { sums, done } = row[n];
  return done / [...sums.values()].reduce((total, ways) => total + ways, done);
}

/** Sum of (first - k)^2 over k = 0 .. count - 1. */
const squaresOfRun = (first: number, count: number) =>
  count === 1
    ? first * first
    : count * first * first - first * count * (count - 1) + ((count - 1) * count * (2 * count - 1)) / 6;

/** P-value of the two-sample Cramer-von Mises statistic. @throws MlError NOTHING_TO_LEARN for a sample of one value */
export const cramerVonMises = defineStatTest({
  name: 'cramer_von_mises',
  title: 'Cramer-von Mises',
  types: ['num'],
  threshold: 0.1,
  drift: 'reached-below',
  score(samples) {
    const [n, m] = [samples.reference.size, samples.current.size];
    if (Math.min(n, m) < 2) throw new MlError('NOTHING_TO_LEARN', 'Cramer-von Mises needs two values in each sample.');
    const { values, reference, current } = countsByValue(samples);
    let [below, before, now, spread, spreadNow] = [0, 0, 0, 0, 0];
    for (let i = 0; i < values.length; i++) {
      const midrank = below + (reference[i] + current[i] + 1) / 2;
      spread += squaresOfRun(midrank - before - 1, reference[i]);
      spreadNow += squaresOfRun(midrank - now - 1, current[i]);
      before += reference[i];
      now += current[i];
      below = before + now;
    }
    const u = n * spread + m * spreadNow;
    if (Math.max(n, m) <= EXACT_UP_TO) return exactP(u, n, m);
    const [k, all] = [n * m, n + m];
    const t = u / (k * all) - (4 * k - 1) / (6 * all);
    const mean = (1 + 1 / all) / 6;
    const variance = ((all + 1) * (4 * k * all - 3 * (n ** 2 + m ** 2) - 2 * k)) / (45 * all ** 2 * 4 * k);
    const standard = 1 / 6 + (t - mean) / Math.sqrt(45 * variance);
    return standard < 0.003 ? 1 : Math.max(0, 1 - limitCdf(standard));
  },
});
