/** Against scikit-learn's NearestNeighbors; test/golden/manifold.py makes the numbers. */
import { expect, it } from 'vitest';
import { readGolden } from '../../test/golden/read-golden.ts';
import { type Neighbors, nearestNeighbors } from './nearest-neighbors.ts';

interface Found {
  indices: number[];
  distances: number[];
}
const { tables } = readGolden('manifold') as {
  tables: Record<string, { columns: number; data: number[]; new: number[]; neighbors: Found & { others: Found } }>;
};

function expectFound({ indices, distances }: Neighbors, expected: Found): void {
  expect(Array.from(indices)).toEqual(expected.indices);
  distances.forEach((distance, at) => {
    expect(distance, `at ${at}`).toBeCloseTo(expected.distances[at], 9);
  });
}

it.each(Object.entries(tables))(
  'the nearest rows of %s, and of new rows',
  (_, { columns, data, new: others, neighbors }) => {
    const tableOf = (values: number[]) => ({
      rows: values.length / columns,
      columns,
      data: Float64Array.from(values),
    });
    const X = tableOf(data);
    const k = neighbors.indices.length / X.rows;
    expectFound(nearestNeighbors(X, k, {}, { includeSelf: true }), neighbors);
    expectFound(nearestNeighbors(X, k, {}, { queries: tableOf(others) }), neighbors.others);
  },
);
