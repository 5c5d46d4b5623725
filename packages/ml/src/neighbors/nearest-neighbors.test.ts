import { describe, expect, it } from 'vitest';
import { MlError } from '../errors.ts';
import { type Matrix, takeRows } from '../matrix.ts';
import { Random } from '../random.ts';
import { nearestNeighbors } from './nearest-neighbors.ts';
import { neighborKernel } from './neighbor-kernel.ts';
import { blocksOf } from './row-blocks.ts';
import { scriptedNeighbors } from './scripted-neighbors.ts';

function normals(rows: number, columns: number, seed: number, centres = 4): Matrix {
  const random = new Random(seed);
  const data = Float64Array.from({ length: rows * columns }, () => random.normal());
  data.forEach((value, at) => {
    data[at] = value + 6 * (Math.floor(at / columns) % centres);
  });
  return { rows, columns, data };
}

const searchedAgain = (X: Matrix, k: number): number => {
  const kernel = neighborKernel(X, X, k, true, {});
  if (!kernel) throw new Error('no WebAssembly with SIMD and shared memory here');
  const found = kernel.search();
  kernel.close();
  return found.searchedAgain;
};

describe('nearest neighbours', () => {
  it.each([
    [700, 1, 3],
    [701, 3, 15],
    [530, 20, 40],
    [9, 2, 8],
  ])('of %i x %i rows, %i each, are those of all pairs, bit for bit', (rows, columns, k) => {
    const X = normals(rows, columns, rows);
    const { indices, distances } = nearestNeighbors(X, k, {});
    const all = scriptedNeighbors(X, X, k, true);
    expect(distances).toEqual(all.distances);
    expect(indices).toEqual(all.indices);
  });

  it('of other rows, and of a row itself where that is wanted', () => {
    const X = normals(400, 5, 1);
    const queries = normals(150, 5, 2);
    expect(nearestNeighbors(X, 7, {}, { queries })).toMatchObject({ ...scriptedNeighbors(X, queries, 7, false) });
    const own = nearestNeighbors(X, 1, {}, { includeSelf: true });
    expect(own.indices).toEqual(Int32Array.from({ length: 400 }, (_, row) => row));
  });

  it('takes equal rows in their order', () => {
    const X = takeRows(
      normals(40, 2, 3),
      Int32Array.from({ length: 600 }, (_, row) => row % 40),
    );
    const { indices, distances } = nearestNeighbors(X, 10, {});
    expect({ k: 10, indices, distances }).toEqual(scriptedNeighbors(X, X, 10, true));
    expect(distances.every((distance) => distance === 0)).toBe(true);
  });

  it('searches again where single precision cannot tell rows apart, and only there', () => {
    const X = normals(500, 4, 4);
    expect(searchedAgain(X, 5)).toBeLessThan(25);
    const far = { ...X, data: X.data.map((value, at) => (at < 4 ? 1e9 : value)) };
    expect(searchedAgain(far, 5)).toBeGreaterThan(400);
    const { indices } = nearestNeighbors(far, 5, {});
    expect(indices).toEqual(scriptedNeighbors(far, far, 5, true).indices);
  });

  it('tells how far it is, and can be given up', () => {
    const told: number[] = [];
    nearestNeighbors(normals(2000, 3, 5), 5, { progress: (done) => told.push(done) });
    expect(told.at(-1)).toBe(1);
    const stop = () => {
      throw new Error('given up');
    };
    expect(() => nearestNeighbors(normals(300, 3, 5), 5, { progress: stop })).toThrow('given up');
  });

  it('refuses more neighbours than there are rows', () => {
    const X = normals(10, 2, 6);
    expect(() => nearestNeighbors(X, 10, {})).toThrow(MlError);
    expect(nearestNeighbors(X, 10, {}, { includeSelf: true }).indices.length).toBe(100);
    expect(() => nearestNeighbors(X, 3, {}, { queries: normals(10, 3, 6) })).toThrow('3 columns');
  });

  it('blocks hold every row once, padded to eights', () => {
    const { ids, starts } = blocksOf(normals(1000, 3, 7));
    expect(ids.filter((id) => id >= 0).toSorted()).toEqual(Int32Array.from({ length: 1000 }, (_, row) => row));
    expect(starts.every((start) => start % 8 === 0)).toBe(true);
    expect(starts.at(-1)).toBe(ids.length);
  });
});
