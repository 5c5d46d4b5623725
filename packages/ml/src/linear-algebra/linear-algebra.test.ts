import { expect, it } from 'vitest';
import { type Matrix, zeros } from '../matrix.ts';
import { Random } from '../random.ts';
import { cholesky, invertPositive } from './cholesky.ts';
import { exponential } from './exponential.ts';
import { centeredGram as gramOf } from './gram.ts';
import { createKernel } from './kernel.ts';
import { productByRows } from './product.ts';
import { scriptedExports } from './scripted-kernel.ts';
import { symmetricEigen } from './symmetric-eigen.ts';
import { topEigenpairs } from './top-eigen.ts';

function randomMatrix(rows: number, columns: number, seed: number): Matrix {
  const random = new Random(seed);
  const X = zeros(rows, columns);
  for (let at = 0; at < X.data.length; at++) X.data[at] = random.normal() + 2;
  return X;
}

it('the compiled kernel gives the bits of the scripted one', () => {
  const compiled = createKernel(400_000, undefined);
  expect(compiled.buffer).toBeInstanceOf(SharedArrayBuffer);
  const random = new Random(1);
  const numbers = new Float64Array(compiled.buffer);
  for (let at = 128; at < 8000; at++) numbers[at] = random.normal();
  const words = new Uint32Array(compiled.buffer, 40_000);
  words.set([8, 8 * 12, 3, 8 * 12, 1024, 8192, 50_000, 1024, 1024]);
  const copy = new ArrayBuffer(400_000);
  new Float64Array(copy).set(new Float64Array(compiled.buffer, 0, 50_000));
  const scripted = scriptedExports(copy);
  for (const gamma of [0, 0.3]) {
    for (const buffer of [compiled.buffer, copy]) new Float64Array(buffer, 40_040, 1)[0] = gamma;
    for (const { product, gram, center, centeredGram, centeredProduct } of [compiled.exports, scripted]) {
      center(1024, 12, 250, 62_000);
      product(40_000, 0, 8);
      gram(1024, 12, 300, 60_000);
      centeredGram(1024, 12, 200, 62_000, 60_000, 64_000);
      centeredProduct(40_000, 4, 8, 62_000);
    }
    expect(new Uint8Array(compiled.buffer, 0, 400_000)).toEqual(new Uint8Array(copy));
  }
  compiled.close();
});

it('exponentials are right to some units of the last place', () => {
  for (let x = -709; x < 20; x += 0.137) {
    expect(Math.abs(exponential(x) - Math.exp(x))).toBeLessThanOrEqual(4e-16 * Math.exp(x) + 1e-307);
  }
  expect(exponential(0)).toBe(1);
});

it('sums of products of columns whose few first looked-at rows say nothing of the others', () => {
  const X = randomMatrix(5120, 3, 4);
  // Every tenth row, of which the shift is the mean, is far from the rest; the last column is far from 0 throughout.
  for (let row = 0; row < X.rows; row++) if (row % 10 !== 0) for (let c = 0; c < 3; c++) X.data[row * 3 + c] += 1e9;
  for (let row = 0; row < X.rows; row++) if (row % 10 === 0) X.data[row * 3 + 2] += 1e9;
  const { means, gram } = gramOf(X, {});
  let sum = 0;
  for (let row = 0; row < X.rows; row++) sum += (X.data[row * 3 + 2] - means[2]) ** 2;
  expect(Math.abs(gram[8] / sum - 1)).toBeLessThan(1e-9);
  let far = 0;
  for (let row = 0; row < X.rows; row++) far += (X.data[row * 3] - means[0]) ** 2;
  expect(Math.abs(gram[0] / far - 1)).toBeLessThan(1e-9);
});

it('sums of products of centred columns', () => {
  const X = randomMatrix(2500, 6, 2);
  const { means, gram } = gramOf(X, {});
  for (let i = 0; i < 6; i++) {
    for (let j = 0; j < 6; j++) {
      let sum = 0;
      for (let row = 0; row < X.rows; row++) sum += (X.data[row * 6 + i] - means[i]) * (X.data[row * 6 + j] - means[j]);
      expect(gram[i * 6 + j]).toBeCloseTo(sum, 8);
    }
  }
});

it('products and affinities of rows', () => {
  const [X, Y] = [randomMatrix(9, 5, 3), randomMatrix(6, 5, 4)];
  const products = productByRows(X, Y, {});
  const near = productByRows(X, Y, {}, { gamma: 0.5 });
  for (let i = 0; i < 9; i++) {
    for (let j = 0; j < 6; j++) {
      let [sum, square] = [0, 0];
      for (let k = 0; k < 5; k++) {
        sum += X.data[i * 5 + k] * Y.data[j * 5 + k];
        square += (X.data[i * 5 + k] - Y.data[j * 5 + k]) ** 2;
      }
      expect(products.data[i * 6 + j]).toBeCloseTo(sum, 12);
      expect(near.data[i * 6 + j]).toBeCloseTo(Math.exp(-square / 2), 12);
    }
  }
});

it('the greatest eigenvalues, also where they come several times', () => {
  const size = 300;
  const random = new Random(5);
  // Three blocks of ones with a little noise have the eigenvalue 100 nearly three times; exact blocks have it exactly.
  for (const noise of [0, 1e-6, 1]) {
    const A = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        A[i * size + j] = Number(Math.floor(i / 100) === Math.floor(j / 100)) + noise * random.normal();
        A[j * size + i] = A[i * size + j];
      }
    }
    const product = (V: Float64Array, count: number) => {
      const result = new Float64Array(V.length);
      for (let at = 0; at < count; at++)
        for (let i = 0; i < size; i++)
          for (let j = 0; j < size; j++) result[at * size + i] += A[i * size + j] * V[at * size + j];
      return result;
    };
    const { values, vectors, residual } = topEigenpairs(product, size, 5, { tolerance: 1e-10 });
    expect(residual).toBeLessThan(1e-9);
    const all = symmetricEigen(A, size);
    values.forEach((value, at) => {
      expect(value).toBeCloseTo(all.values[at], 7);
    });
    for (let a = 0; a < 5; a++) {
      for (let b = 0; b < 5; b++) {
        let sum = 0;
        for (let k = 0; k < size; k++) sum += vectors.data[a * size + k] * vectors.data[b * size + k];
        expect(sum).toBeCloseTo(Number(a === b), 9);
      }
    }
  }
});

it('Cholesky, and the inverse by it', () => {
  const { gram } = gramOf(randomMatrix(50, 4, 6), {});
  const inverse = invertPositive(gram, 4);
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) {
      let sum = 0;
      for (let k = 0; k < 4; k++) sum += gram[i * 4 + k] * inverse[k * 4 + j];
      expect(sum).toBeCloseTo(Number(i === j), 9);
    }
  }
  expect(() => cholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow('positive definite');
});
