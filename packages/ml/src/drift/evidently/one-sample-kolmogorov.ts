import { kolmogorovP, logGamma } from '../distributions.ts';

/** One-sided exact tail P(D+ >= d) of n values (Birnbaum and Tingey 1951). Twice it is the two-sided tail where that is small. */
function oneSided(n: number, d: number): number {
  let p = 0;
  for (let j = 0; j <= Math.floor(n * (1 - d)); j++) {
    const choose = logGamma(n + 1) - logGamma(j + 1) - logGamma(n - j + 1);
    const rest = 1 - d - j / n;
    if (rest <= 0) continue;
    p += Math.exp(Math.log(d) + choose + (j - 1) * Math.log(d + j / n) + (n - j) * Math.log(rest));
  }
  return p;
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k];
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) result[i * size + j] += factor * b[k * size + j];
    }
  }
  return result;
}

/** Exact P(D < d) by the power of a matrix (Durbin 1973; Marsaglia, Tsang and Wang 2003), log scale kept apart. */
function matrixCdf(n: number, d: number): number {
  const k = Math.floor(n * d) + 1;
  const size = 2 * k - 1;
  const h = k - n * d;
  const factorial = (i: number) => Math.exp(logGamma(i + 1));
  let power: Float64Array = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const step = i - j + 1;
      if (step < 0) continue;
      let cell = 1;
      if (j === 0) cell -= h ** (i + 1);
      if (i === size - 1) cell -= h ** (size - j);
      if (j === 0 && i === size - 1 && 2 * h > 1) cell += (2 * h - 1) ** size;
      power[i * size + j] = cell / factorial(step);
    }
  }
  let result: Float64Array = Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
  let [resultLog, powerLog] = [0, 0];
  const middle = (k - 1) * size + (k - 1);
  for (let rest = n; rest > 0; rest >>= 1) {
    if (rest & 1) {
      result = product(result, power, size);
      resultLog += powerLog;
    }
    power = product(power, power, size);
    powerLog *= 2;
    for (const [matrix, isPower] of [[power, true] as const, [result, false] as const]) {
      const scale = matrix[middle];
      if (scale < 1e140) continue;
      for (let i = 0; i < matrix.length; i++) matrix[i] /= scale;
      if (isPower) powerLog += Math.log(scale);
      else resultLog += Math.log(scale);
    }
  }
  return Math.exp(Math.log(result[middle]) + resultLog + logGamma(n + 1) - n * Math.log(n));
}

const MATRIX_UP_TO = 3000;

/** P(D < d) by the limit law with the terms in 1/sqrt(n) and 1/n (Pelz and Good 1976). */
function expandedCdf(n: number, d: number): number {
  const z = Math.sqrt(n) * d;
  let [first, second, integers] = [0, 0, 0];
  for (let k = -20; k <= 20; k++) {
    const q = (Math.PI * (k + 0.5)) ** 2;
    const weight = Math.exp(-q / (2 * z * z));
    first += (q - z ** 2) * weight;
    second += (6 * z ** 6 + 2 * z ** 4 + (2 * z ** 4 - 5 * z ** 2) * q + (1 - 2 * z ** 2) * q * q) * weight;
    integers += (Math.PI * k) ** 2 * Math.exp(-((Math.PI * k) ** 2) / (2 * z * z));
  }
  const root = Math.sqrt(Math.PI / 2);
  return (
    1 -
    kolmogorovP(z) +
    ((root / (6 * z ** 4)) * first) / Math.sqrt(n) +
    ((root / (72 * z ** 7)) * second - (root / (36 * z ** 3)) * integers) / n
  );
}

/**
 * P(D >= d) of the one-sample Kolmogorov statistic of n values, two-sided: exact up to 3000 values, beyond by the expansion of
 * the limit law, whose error there is below 1e-6.
 */
export function oneSampleKolmogorovP(n: number, d: number): number {
  if (d >= 1) return 0;
  if (n * d <= 0.5) return 1;
  if (d >= 0.5 || n * d * d >= 4) return Math.min(1, 2 * oneSided(n, d));
  return Math.min(1, Math.max(0, 1 - (n <= MATRIX_UP_TO ? matrixCdf(n, d) : expandedCdf(n, d))));
}
