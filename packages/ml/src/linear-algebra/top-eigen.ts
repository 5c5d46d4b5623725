import { MlError } from '../errors.ts';
import { Random } from '../random.ts';
import { type Eigenpairs, symmetricEigen } from './symmetric-eigen.ts';

/** Products of a symmetric matrix with `count` vectors, one after the other in `V` and in the result. */
export type SymmetricProduct = (V: Float64Array, count: number) => Float64Array;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
};

const addScaled = (to: Float64Array, by: number, from: Float64Array): void => {
  for (let at = 0; at < to.length; at++) to[at] += by * from[at];
};

/** Makes `vector` of length 1 and orthogonal to the basis; a random one where nothing is left of it. */
function joinBasis(basis: readonly Float64Array[], vector: Float64Array, random: Random): void {
  for (let attempt = 0; attempt < 5; attempt++) {
    const before = Math.sqrt(dot(vector, vector));
    // Twice is enough (Kahan; Parlett, "The symmetric eigenvalue problem", section 6.9).
    for (let pass = 0; pass < 2; pass++) for (const known of basis) addScaled(vector, -dot(known, vector), known);
    const length = Math.sqrt(dot(vector, vector));
    if (length > 1e-10 * before && length > 0) {
      for (let at = 0; at < vector.length; at++) vector[at] /= length;
      return;
    }
    for (let at = 0; at < vector.length; at++) vector[at] = random.normal();
  }
  throw new MlError('INVALID_INPUT', 'a matrix of no finite numbers has no eigenvectors');
}

export interface TopEigenOptions {
  /** Residual's length by the greatest eigenvalue's size at which a pair is found. */
  readonly tolerance?: number;
  readonly seed?: number;
  readonly mostProducts?: number;
  readonly progress?: (() => void) | undefined;
}

/**
 * The `count` greatest eigenvalues of a symmetric matrix and their vectors, by a Krylov space of blocks with full
 * orthogonalisation, restarted from its best vectors (Zhou and Saad, "Block Krylov-Schur method", 2008). Blocks find eigenvalues
 * that come several times. The start is random by the seed.
 * @returns also the largest residual by the greatest eigenvalue's size, for whoever stops early.
 */
export function topEigenpairs(
  product: SymmetricProduct,
  size: number,
  count: number,
  { tolerance = 1e-10, seed = 0, mostProducts = 4000, progress }: TopEigenOptions = {},
): Eigenpairs & { readonly residual: number } {
  const block = Math.min(size, Math.max(4, Math.ceil((count + 2) / 4) * 4));
  const most = Math.min(size, Math.max(8 * block, 2 * count + 4 * block));
  const random = new Random(seed, 17);
  let basis: Float64Array[] = [];
  let images: Float64Array[] = [];
  let next: Float64Array[] = Array.from({ length: block }, () =>
    Float64Array.from({ length: size }, () => random.normal()),
  );
  for (let products = 0; ; ) {
    while (next.length > 0 && basis.length < most) {
      const joined = next.slice(0, most - basis.length);
      for (const vector of joined) {
        joinBasis(basis, vector, random);
        basis.push(vector);
      }
      const V = new Float64Array(joined.length * size);
      joined.forEach((vector, at) => {
        V.set(vector, at * size);
      });
      const image = product(V, joined.length);
      products += joined.length;
      for (let at = 0; at < joined.length; at++) images.push(image.slice(at * size, (at + 1) * size));
      next = images.slice(-joined.length).map((vector) => vector.slice());
      progress?.();
      if (basis.length < 2 * block && basis.length < size) continue;
      const found = ritz(basis, images, count, tolerance);
      if (found.done || basis.length === size || products >= mostProducts) return found;
      if (basis.length === most) {
        // What is kept: the best vectors, and their residuals to go on from.
        const keep = Math.min(found.all.rows, count + block);
        const combine = (of: readonly Float64Array[], row: number) => {
          const sum = new Float64Array(size);
          of.forEach((vector, at) => {
            addScaled(sum, found.all.data[row * of.length + at], vector);
          });
          return sum;
        };
        const kept = Array.from({ length: keep }, (_, row) => combine(basis, row));
        const keptImages = Array.from({ length: keep }, (_, row) => combine(images, row));
        next = Array.from({ length: block }, (_, at) => {
          const residual = keptImages[at].slice();
          addScaled(residual, -found.allValues[at], kept[at]);
          return residual;
        });
        basis = kept;
        images = keptImages;
      }
    }
  }
}

/** The best eigenpairs within the space of the basis (Rayleigh and Ritz). */
function ritz(basis: readonly Float64Array[], images: readonly Float64Array[], count: number, tolerance: number) {
  const size = basis.length;
  const length = basis[0].length;
  const projected = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      const value = dot(basis[i], images[j]);
      projected[i * size + j] = value;
      projected[j * size + i] = value;
    }
  }
  const { values, vectors: all } = symmetricEigen(projected, size);
  const wanted = Math.min(count, size);
  const data = new Float64Array(wanted * length);
  const scale = Math.max(Math.abs(values[0]), Math.abs(values[size - 1]), Number.MIN_VALUE);
  let residual = 0;
  for (let row = 0; row < wanted; row++) {
    const vector = data.subarray(row * length, (row + 1) * length);
    const rest = new Float64Array(length);
    for (let at = 0; at < size; at++) {
      const part = all.data[row * size + at];
      addScaled(vector, part, basis[at]);
      addScaled(rest, part, images[at]);
    }
    addScaled(rest, -values[row], vector);
    residual = Math.max(residual, Math.sqrt(dot(rest, rest)) / scale);
  }
  return {
    done: size >= count && residual <= tolerance,
    residual,
    values: values.slice(0, wanted),
    vectors: { rows: wanted, columns: length, data },
    all,
    allValues: values,
  };
}
