import { describe, expect, it } from 'vitest';
import { matrixOf } from '../matrix.ts';
import { Random } from '../random.ts';
import { DensityValidity } from './density-validity.ts';

/** Two rings, one inside the other: what no measure by means can tell apart. */
function rings(rows: number) {
  const random = new Random(3);
  const labels = Int32Array.from({ length: rows }, (_, row) => row % 2);
  const X = matrixOf(
    Array.from(labels, (label) => {
      const angle = random.uniform() * 2 * Math.PI;
      const radius = (label === 0 ? 1 : 4) + 0.1 * random.normal();
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }),
  );
  return { X, labels };
}

describe('density-based validity', () => {
  const { X, labels } = rings(400);
  const validity = new DensityValidity(X);

  it('is high for clusters of any shape that are apart, and low for cuts through them', () => {
    const halves = Int32Array.from(labels, (_, row) => (X.data[2 * row] > 0 ? 1 : 0));
    expect(validity.score(labels)).toBeGreaterThan(0.3);
    expect(validity.score(halves)).toBeLessThan(-0.3);
  });

  it('does not depend on the names of clusters, hardly on the order of rows, and noise lowers it by its share', () => {
    const whole = validity.score(labels);
    expect(validity.score(labels.map((label) => 1 - label))).toBeCloseTo(whole, 12);
    const backwards = matrixOf(Array.from(labels, (_, row) => X.data.slice(2 * (399 - row), 2 * (400 - row))));
    expect(new DensityValidity(backwards).score(labels.toReversed())).toBeCloseTo(whole, 1);
    // Three clusters of which one is called noise: the others are as far apart as before.
    const far = matrixOf([
      ...Array.from(labels, (_, row) => X.data.slice(2 * row, 2 * row + 2)),
      ...Array.from({ length: 100 }, (_, row) => [1000 + row, 1000]),
    ]);
    const noisy = Int32Array.from({ length: 500 }, (_, row) => (row < 400 ? labels[row] : -1));
    expect(new DensityValidity(far).score(noisy)).toBeCloseTo(whole * 0.8, 12);
  });

  it('by hand: two pairs, and a row alone that counts nothing', () => {
    const pairs = matrixOf([[0], [1], [10], [11], [40]]);
    // Of a pair the only link is 1 long, both rows are 1 from the other, and the nearest row of another cluster is 9 away.
    expect(new DensityValidity(pairs).score(Int32Array.of(0, 0, 1, 1, 2))).toBeCloseTo((4 / 5) * (8 / 9), 12);
  });

  it('is not defined for one cluster, and survives equal rows and many columns', () => {
    expect(validity.score(new Int32Array(400))).toBeNaN();
    const random = new Random(5);
    const wide = matrixOf(
      Array.from({ length: 60 }, (_, row) =>
        Float64Array.from({ length: 200 }, () => (row % 3 === 0 ? 0 : 50) + (row < 30 ? 0 : random.normal())),
      ),
    );
    const found = new DensityValidity(wide).score(Int32Array.from({ length: 60 }, (_, row) => Number(row % 3 === 0)));
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThanOrEqual(1);
  });
});
