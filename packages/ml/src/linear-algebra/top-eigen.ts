import { MlError } from '../errors.ts';
import { Random } from '../random.ts';
import { type Eigenpairs, symmetricEigen } from './symmetric-eigen.ts';

/** Products of a symmetric matrix with `count` vectors, one after the other in `V` and in the result. */
export type SymmetricProduct = (V: Float64Array, count: number) => Float64Array;

/** Four sums side by side, so that none waits for the one before; their order is fixed. */
function dot(a: Float64Array, b: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let at = 0;
  for (; at + 4 <= a.length; at += 4) {
    s0 += a[at] * b[at];
    s1 += a[at + 1] * b[at + 1];
    s2 += a[at + 2] * b[at + 2];
    s3 += a[at + 3] * b[at + 3];
  }
  for (; at < a.length; at++) s0 += a[at] * b[at];
  return s0 + s1 + (s2 + s3);
}

function addScaled(to: Float64Array, by: number, from: Float64Array): void {
  for (let at = 0; at < to.length; at++) to[at] += by * from[at];
}

/** Sum of the vectors, each times its number. */
function combine(vectors: readonly Float64Array[], by: Float64Array): Float64Array {
  const sum = new Float64Array(vectors[0].length);
  vectors.forEach((vector, at) => {
    addScaled(sum, by[at], vector);
  });
  return sum;
}

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
  /** Residual's length by the greatest eigenvalue's size at which a pair is found. Values are then right to its square. */
  readonly tolerance?: number;
  readonly seed?: number;
  /**
   * Vectors that the space grows by at once. Eigenvalues that come more often than that may be found less often than they come; larger blocks need
   * more products.
   */
  readonly block?: number;
  readonly mostProducts?: number;
  readonly progress?: (() => void) | undefined;
}

/** Vectors between two looks at how far it is, which cost about as much as finding them. */
const LOOK = 32;

/**
 * The `count` greatest eigenvalues of a symmetric matrix and their vectors, by a Krylov space of blocks with full
 * orthogonalisation, restarted from its best vectors (Zhou and Saad, "Block Krylov-Schur method", 2008). The start is random by
 * the seed.
 * @returns also the largest residual by the greatest eigenvalue's size, for whoever stops early.
 */
export function topEigenpairs(
  product: SymmetricProduct,
  size: number,
  count: number,
  { tolerance = 1e-7, seed = 0, block = 4, mostProducts = 3000, progress }: TopEigenOptions = {},
): Eigenpairs & { readonly residual: number } {
  const most = Math.min(size, Math.max(2 * count + 4 * block, 160));
  const random = new Random(seed, 17);
  let basis: Float64Array[] = [];
  let images: Float64Array[] = [];
  // basis x images, as far as they go; row i holds the products of basis i.
  const projected = new Float64Array(most * most);
  let next: Float64Array[] = Array.from({ length: Math.min(block, size) }, () =>
    Float64Array.from({ length: size }, () => random.normal()),
  );
  for (let products = 0; ; ) {
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
    for (let at = 0; at < joined.length; at++) {
      const own = image.slice(at * size, (at + 1) * size);
      images.push(own);
      const column = images.length - 1;
      for (let row = 0; row < basis.length; row++) {
        projected[row * most + column] = dot(basis[row], own);
        projected[column * most + row] = projected[row * most + column];
      }
    }
    progress?.();
    const isFull = basis.length === most;
    next = images.slice(-joined.length).map((vector) => vector.slice());
    if (!isFull && (basis.length < 2 * count || basis.length % LOOK >= block)) continue;
    const ritz = symmetricEigen(leading(projected, most, basis.length), basis.length);
    const found = residuals(basis, images, ritz, Math.min(count, basis.length));
    if (found.residual <= tolerance || basis.length === size || products >= mostProducts) return found;
    if (!isFull) continue;
    // What is kept: the best vectors; their residuals are what the space goes on from.
    const keep = Math.min(most - block, count + Math.floor((most - count) / 4));
    const rowOf = (row: number) => ritz.vectors.data.subarray(row * most, (row + 1) * most);
    const kept = Array.from({ length: keep }, (_, row) => combine(basis, rowOf(row)));
    const keptImages = Array.from({ length: keep }, (_, row) => combine(images, rowOf(row)));
    next = found.rests.slice(0, block);
    for (let at = next.length; at < block; at++) next.push(keptImages[at].slice());
    basis = kept;
    images = keptImages;
    projected.fill(0);
    for (let at = 0; at < keep; at++) projected[at * most + at] = ritz.values[at];
  }
}

function leading(matrix: Float64Array, stride: number, size: number): Float64Array {
  const part = new Float64Array(size * size);
  for (let row = 0; row < size; row++) part.set(matrix.subarray(row * stride, row * stride + size), row * size);
  return part;
}

/** The wanted vectors themselves, and what is left of each when its value times it is taken off its image, longest first. */
function residuals(basis: readonly Float64Array[], images: readonly Float64Array[], ritz: Eigenpairs, wanted: number) {
  const size = basis.length;
  const length = basis[0].length;
  const data = new Float64Array(wanted * length);
  const scale = Math.max(Math.abs(ritz.values[0]), Math.abs(ritz.values[size - 1]), Number.MIN_VALUE);
  const rests = Array.from({ length: wanted }, (_, row) => {
    const by = ritz.vectors.data.subarray(row * size, (row + 1) * size);
    const vector = combine(basis, by);
    data.set(vector, row * length);
    const rest = combine(images, by);
    addScaled(rest, -ritz.values[row], vector);
    return { rest, norm: Math.sqrt(dot(rest, rest)) };
  }).sort((a, b) => b.norm - a.norm);
  return {
    residual: rests[0].norm / scale,
    rests: rests.map(({ rest }) => rest),
    values: ritz.values.slice(0, wanted),
    vectors: { rows: wanted, columns: length, data },
  };
}
