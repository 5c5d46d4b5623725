import { MlError } from '../../errors.ts';
import { countsByValue } from './samples.ts';
import { defineStatTest } from './stat-test.ts';

/** Significance levels and the coefficients of their critical values for two samples (Scholz and Stephens 1987, table 1; m = 1). */
const LEVELS = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];
const B0 = [0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085];
const B1 = [-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615];
const B2 = [-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154];
const CRITICAL = B0.map((b0, i) => b0 + B1[i] + B2[i]);

/** Least squares parabola through log levels, at x: solved by elimination around the mean. */
function logLevel(x: number): number {
  const rows = [0, 1, 2].map((i) => [
    ...[0, 1, 2].map((j) => CRITICAL.reduce((sum, c) => sum + c ** (i + j), 0)),
    CRITICAL.reduce((sum, c, k) => sum + c ** i * Math.log(LEVELS[k]), 0),
  ]);
  for (let i = 0; i < 3; i++) {
    for (let k = 0; k < 3; k++) {
      if (k === i) continue;
      const factor = rows[k][i] / rows[i][i];
      rows[k] = rows[k].map((value, j) => value - factor * rows[i][j]);
    }
  }
  return rows.reduce((sum, row, i) => sum + (row[3] / row[i]) * x ** i, 0);
}

/** Variance of the statistic for two samples (Scholz and Stephens 1987, equation 4). */
function varianceOf(n: number, m: number): number {
  const all = n + m;
  const H = 1 / n + 1 / m;
  let h = 0;
  let g = 0;
  // g is the sum of 1 / ((all - i) j) over i < j < all: the tail of the harmonic sum grows while i falls.
  for (let i = all - 1; i >= 1; i--) {
    g += h / (all - i);
    h += 1 / i;
  }
  const k = 2;
  const a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * H;
  const b = (2 * g - 4) * k ** 2 + 8 * h * k + (2 * g - 14 * h - 4) * H - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * k ** 2 + (4 * h - 4 * g + 6) * k + (2 * h - 6) * H + 4 * h;
  const d = (2 * h + 6) * k ** 2 - 4 * h * k;
  return (a * all ** 3 + b * all ** 2 + c * all + d) / ((all - 1) * (all - 2) * (all - 3));
}

/**
 * P-value of the two-sample Anderson-Darling statistic in its midrank form, read off a parabola through the tabled levels and
 * kept within 0.001 and 0.25, as SciPy does. @throws MlError NOTHING_TO_LEARN for one distinct value or fewer than four values
 */
export const anderson = defineStatTest({
  name: 'anderson',
  title: 'Anderson-Darling',
  types: ['num'],
  threshold: 0.1,
  drift: 'below',
  score(samples) {
    const { values, reference, current } = countsByValue(samples);
    const [n, m] = [samples.reference.size, samples.current.size];
    const all = n + m;
    if (values.length < 2 || all < 4) throw new MlError('NOTHING_TO_LEARN', 'Anderson-Darling needs distinct values.');
    let [before, now, inner, innerNow] = [0, 0, 0, 0];
    for (let i = 0; i < values.length; i++) {
      const tied = reference[i] + current[i];
      const B = before + now + tied / 2;
      const weight = tied / all / (B * (all - B) - (all * tied) / 4);
      const gap = all * (before + reference[i] / 2) - B * n;
      const gapNow = all * (now + current[i] / 2) - B * m;
      inner += weight * gap * gap;
      innerNow += weight * gapNow * gapNow;
      before += reference[i];
      now += current[i];
    }
    let statistic = inner / n + innerNow / m;
    statistic = ((statistic * (all - 1)) / all - 1) / Math.sqrt(varianceOf(n, m));
    if (statistic < CRITICAL[0]) return LEVELS[0];
    if (statistic > CRITICAL[CRITICAL.length - 1]) return LEVELS[LEVELS.length - 1];
    return Math.exp(logLevel(statistic));
  },
});
