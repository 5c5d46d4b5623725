import { describe, expect, it } from 'vitest';
import { fitImplicitAls, foldIn, implicitAlsParams } from './implicit-als.ts';
import { type Interactions, transpose } from './interactions.ts';

/** Two camps: users of each half buy items of their half, but for every seventh purchase. */
function camps(users: number, items: number, perUser: number): Interactions {
  const offsets = new Int32Array(users + 1);
  const item: number[] = [];
  for (let u = 0; u < users; u++) {
    const own = new Set<number>();
    for (let n = 0; n < perUser; n++) {
      const camp = n % 7 === 6 ? 1 - (u % 2) : u % 2;
      own.add(camp * (items / 2) + ((u * 13 + n * 29) % (items / 2)));
    }
    item.push(...[...own].sort((a, b) => a - b));
    offsets[u + 1] = item.length;
  }
  return { rows: users, items, offsets, item: Int32Array.from(item), weight: new Float32Array(item.length).fill(1) };
}

const params = implicitAlsParams.parse({ factors: 6, iterations: 10 });

/** The row's optimum by its normal equations, solved by elimination: the oracle of the conjugate gradients. */
function exactRow(
  matrix: Interactions,
  row: number,
  y: Float32Array,
  f: number,
  lambda: number,
  alpha: number,
): number[] {
  const a = Array.from({ length: f }, (_, k) => Array.from({ length: f + 1 }, (_, l) => (k === l ? lambda : 0)));
  for (let i = 0; i < matrix.items; i++) {
    for (let k = 0; k < f; k++) for (let l = 0; l < f; l++) a[k][l] += y[i * f + k] * y[i * f + l];
  }
  for (let at = matrix.offsets[row]; at < matrix.offsets[row + 1]; at++) {
    const i = matrix.item[at] * f;
    const c = alpha * matrix.weight[at];
    for (let k = 0; k < f; k++) {
      for (let l = 0; l < f; l++) a[k][l] += c * y[i + k] * y[i + l];
      a[k][f] += (1 + c) * y[i + k];
    }
  }
  for (let k = 0; k < f; k++) {
    for (let r = 0; r < f; r++) {
      if (r === k) continue;
      const factor = a[r][k] / a[k][k];
      for (let l = k; l <= f; l++) a[r][l] -= factor * a[k][l];
    }
  }
  return a.map((line, k) => line[f] / line[k]);
}

describe('implicit ALS', () => {
  const matrix = camps(120, 40, 12);

  it('ranks items of the own camp above those of the other', () => {
    const { userFactors, itemFactors } = fitImplicitAls(matrix, params);
    const mean = (user: number, camp: number) => {
      let sum = 0;
      for (let i = camp * 20; i < camp * 20 + 20; i++) {
        for (let k = 0; k < 6; k++) sum += userFactors[user * 6 + k] * itemFactors[i * 6 + k];
      }
      return sum;
    };
    for (let u = 0; u < 120; u++) expect(mean(u, u % 2)).toBeGreaterThan(mean(u, 1 - (u % 2)));
  });

  it('folds a row in at the optimum of its normal equations', () => {
    const { itemFactors } = fitImplicitAls(matrix, params);
    const folded = foldIn(matrix, itemFactors, params);
    for (const row of [0, 7, 119]) {
      const exact = exactRow(matrix, row, itemFactors, 6, params.regularization, params.alpha);
      exact.forEach((value, k) => {
        expect(folded[row * 6 + k]).toBeCloseTo(value, 4);
      });
    }
  });

  it('gives the same bytes for the same seed, and others for another', () => {
    const first = fitImplicitAls(matrix, params).itemFactors;
    expect(fitImplicitAls(matrix, params).itemFactors).toEqual(first);
    expect(fitImplicitAls(matrix, { ...params, seed: 2 }).itemFactors).not.toEqual(first);
  });

  it('gives a user without purchases a zero vector', () => {
    const empty: Interactions = {
      ...matrix,
      rows: 121,
      offsets: Int32Array.from([...matrix.offsets, matrix.item.length]),
    };
    expect(fitImplicitAls(empty, params).userFactors.subarray(720)).toEqual(new Float32Array(6));
  });
});

describe('transpose', () => {
  it('is its own inverse', () => {
    const matrix = camps(30, 10, 5);
    expect(transpose(transpose(matrix))).toEqual(matrix);
  });
});
