/**
 * How uncertain users' vectors are: a Gaussian around each vector, after "Poisson-lognormal" variational inference (Hall, Ormerod and
 * Wand, "Theory of Gaussian variational approximation for a Poisson mixed model", Statistica Sinica 2011; Chiquet, Mariadassou and
 * Robin, "Variational inference for probabilistic Poisson PCA", 2018). The expected hazard of a pair is then
 * exp(m . z + z'Sz / 2) with z = (1, item vector), and items fitted against it do not take users' errors for tastes.
 *
 * Every user's covariance S is taken as a multiple of one shape, so that z'Sz / 2 is one more product of a user's number and an
 * item's: the vectors of both merely become longer by one.
 */
export interface UserSpread {
  /** Mean variance of each user's tastes. */
  readonly scale: Float64Array;
  /** Covariance of a user of scale 1, width x width. */
  readonly shape: Float64Array;
}

/** Before any purchase is seen: the prior. */
export function priorSpread(users: number, width: number, taste: number, activity: number): UserSpread {
  const shape = new Float64Array(width * width);
  for (let k = 0; k < width; k++) shape[k * width + k] = k > 0 ? 1 : activity / taste;
  return { scale: new Float64Array(users).fill(taste), shape };
}

/** Half of z'(shape)z of each item. */
export function itemSpreads(items: Float64Array, { shape }: UserSpread, width: number): Float64Array {
  const out = new Float64Array(items.length / width);
  for (let i = 0; i < out.length; i++) out[i] = itemSpread(items, i * width, shape, width);
  return out;
}

function itemSpread(items: Float64Array, at: number, shape: Float64Array, width: number): number {
  let sum = 0;
  for (let k = 0; k < width; k++) {
    const left = k > 0 ? items[at + k] : 1;
    let inner = 0;
    for (let l = 0; l < width; l++) inner += shape[k * width + l] * (l > 0 ? items[at + l] : 1);
    sum += left * inner;
  }
  return sum / 2;
}

/** Collects users' covariances into a spread. */
export class SpreadSum {
  readonly #width: number;
  readonly #scale: Float64Array;
  readonly #sum: Float64Array;
  readonly #inverse: Float64Array;

  constructor(users: number, width: number) {
    this.#width = width;
    this.#scale = new Float64Array(users);
    this.#sum = new Float64Array(width * width);
    this.#inverse = new Float64Array(width * width);
  }

  /** @param factor lower triangle row by row of the Cholesky factor of the user's precision, its diagonal inverted. */
  add(user: number, factor: Float64Array, from: number): void {
    const n = this.#width;
    const inverse = this.#inverse;
    for (let j = 0; j < n; j++) {
      for (let i = j, row = from + (j * (j + 1)) / 2; i < n; row += ++i) {
        let sum = i === j ? 1 : 0;
        for (let k = j; k < i; k++) sum -= factor[row + k] * inverse[k * n + j];
        inverse[i * n + j] = sum * factor[row + i];
      }
    }
    let trace = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = i; k < n; k++) sum += inverse[k * n + i] * inverse[k * n + j];
        this.#sum[i * n + j] += sum;
        if (i === j && i > 0) trace += sum;
      }
    }
    this.#scale[user] = trace / (n - 1);
  }

  spread(): UserSpread {
    const n = this.#width;
    let total = 0;
    for (const scale of this.#scale) total += scale;
    const shape = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        shape[i * n + j] = total > 0 ? this.#sum[i * n + j] / total : 0;
        shape[j * n + i] = shape[i * n + j];
      }
    }
    return { scale: this.#scale, shape };
  }
}
