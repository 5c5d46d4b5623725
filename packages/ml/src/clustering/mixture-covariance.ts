import { MlError } from '../errors.ts';
import { cholesky, invertLower } from '../linear-algebra/cholesky.ts';
import type { CovarianceType, MixtureFactors, MixtureSums } from './mixture-kernel.ts';

/** A mixture of normal distributions in plain numbers. */
export interface Mixture {
  readonly weights: Float64Array;
  /** components x columns. */
  readonly means: Float64Array;
  /** full: components x columns x columns; tied: columns x columns; diag: components x columns; spherical: a variance each. */
  readonly covariances: Float64Array;
}

/** The least that responsibilities add up to, so that an empty component divides by something (scikit-learn's). */
const LEAST = 10 * 2 ** -52;

/**
 * What maximises the likelihood for those responsibilities. `means` are those that the sums are differences from; `gram` the sums of products of
 * all rows, which tied covariances are what is left of.
 */
export function maximise(
  sums: MixtureSums,
  means: Float64Array,
  type: CovarianceType,
  reg_covar: number,
  gram: Float64Array,
): Mixture {
  const k = sums.counts.length;
  const d = means.length / k;
  const counts = sums.counts.map((count) => count + LEAST);
  const shifts = sums.shifts.map((shift, at) => shift / counts[Math.floor(at / d)]);
  const moved = means.map((mean, at) => mean + shifts[at]);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    weights: counts.map((count) => count / total),
    means: moved,
    covariances: covariancesOf(type, { sums, counts, shifts, means: moved, total, gram, reg_covar, k, d }),
  };
}

interface Parts {
  readonly sums: MixtureSums;
  readonly counts: Float64Array;
  readonly shifts: Float64Array;
  readonly means: Float64Array;
  readonly total: number;
  readonly gram: Float64Array;
  readonly reg_covar: number;
  readonly k: number;
  readonly d: number;
}

function covariancesOf(type: CovarianceType, parts: Parts): Float64Array {
  const { sums, counts, shifts, means, total, gram, reg_covar, k, d } = parts;
  if (type === 'tied') {
    return gram.map((sum, at) => {
      const [i, j] = [Math.floor(at / d), at % d];
      let between = 0;
      for (let c = 0; c < k; c++) between += counts[c] * means[c * d + i] * means[c * d + j];
      return (sum - between) / total + (i === j ? reg_covar : 0);
    });
  }
  if (type === 'full') {
    return sums.squares.map((_, at) => {
      const [c, i, j] = [Math.floor(at / (d * d)), Math.floor(at / d) % d, at % d];
      const upper = i <= j ? at : c * d * d + j * d + i;
      return sums.squares[upper] / counts[c] - shifts[c * d + i] * shifts[c * d + j] + (i === j ? reg_covar : 0);
    });
  }
  const variances = sums.squares.map((sum, at) => sum / counts[Math.floor(at / d)] - shifts[at] ** 2 + reg_covar);
  if (type === 'diag') return variances;
  return Float64Array.from({ length: k }, (_, c) => {
    let sum = 0;
    for (let at = c * d; at < (c + 1) * d; at++) sum += variances[at];
    return sum / d;
  });
}

/** @throws MlError BAD_PARAMETER where a covariance is none, which a greater reg_covar prevents. */
export function factorsOf({ weights, means, covariances }: Mixture, type: CovarianceType): MixtureFactors {
  const k = weights.length;
  const d = means.length / k;
  const isTriangular = type === 'full' || type === 'tied';
  const each = isTriangular ? d * d : d;
  const roots = new Float64Array(type === 'tied' ? each : k * each);
  const logDeterminants: number[] = [];
  for (let from = 0; from < roots.length; from += each) {
    let log = 0;
    if (isTriangular) {
      const inverse = invertLower(factorise(covariances.subarray(from, from + each), d), d);
      for (let i = 0; i < d; i++) {
        log += Math.log(inverse[i * d + i]);
        for (let j = i; j < d; j++) roots[from + i * d + j] = inverse[j * d + i];
      }
    } else {
      for (let at = from; at < from + d; at++) {
        roots[at] = 1 / Math.sqrt(type === 'diag' ? covariances[at] : covariances[from / d]);
        log += Math.log(roots[at]);
      }
    }
    logDeterminants.push(log);
  }
  const constants = weights.map(
    (weight, c) => Math.log(weight) - (d / 2) * Math.log(2 * Math.PI) + logDeterminants[type === 'tied' ? 0 : c],
  );
  return { means, roots, constants };
}

function factorise(covariance: Float64Array, d: number): Float64Array {
  try {
    return cholesky(covariance, d);
  } catch (error) {
    if (!(error instanceof MlError)) throw error;
    throw new MlError(
      'BAD_PARAMETER',
      'a component has shrunk to nothing: fewer components or a greater reg_covar would do',
    );
  }
}

/** Numbers that a mixture is made of, as information criteria count them. */
export function parameterCount(k: number, d: number, type: CovarianceType): number {
  const covariances = { full: (k * d * (d + 1)) / 2, tied: (d * (d + 1)) / 2, diag: k * d, spherical: k }[type];
  return covariances + k * d + k - 1;
}
