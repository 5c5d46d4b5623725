import { expect, it } from 'vitest';
import { MlError } from '../errors.ts';
import { type Matrix, zeros } from '../matrix.ts';
import { Random } from '../random.ts';
import { correlationThreshold } from './correlation-threshold.ts';
import { kMeansColumns } from './k-means-columns.ts';
import { digamma, mutualInformation } from './mutual-information.ts';
import { mutualInformationColumns } from './mutual-information-columns.ts';
import { varianceThreshold } from './variance-threshold.ts';

/** Column 0 tells two heaps, 1 is like 0, 2 is noise, 3 tells them by its distance from 0, 4 is constant. */
function sample(): Matrix {
  const random = new Random(3);
  const X = zeros(400, 5);
  for (let row = 0; row < 400; row++) {
    const heap = row % 2;
    const own = (heap ? 5 : -5) + random.normal();
    const sign = random.below(2) ? 1 : -1;
    X.data.set(
      [own, -own + 0.2 * random.normal(), random.normal(), sign * (heap ? 3 : 0.1) + 0.3 * random.normal(), 7],
      row * 5,
    );
  }
  return X;
}
const X = sample();

it('of columns that correlate, of either sign, the first stays', () => {
  const { selected, scores } = correlationThreshold.fit(X, correlationThreshold.params.parse({}), {});
  expect(Array.from(selected)).toEqual([0, 2, 3, 4]);
  expect(scores[1]).toBeLessThan(0.01);
  expect(scores[0]).toBe(1);
});

it('columns of small variance go, and a threshold above all is refused', () => {
  expect(Array.from(varianceThreshold.fit(X, varianceThreshold.params.parse({}), {}).selected)).toEqual([0, 1, 2, 3]);
  expect(() => varianceThreshold.fit(X, varianceThreshold.params.parse({ threshold: 1e9 }), {})).toThrow(MlError);
});

it('k-means tells its clusters by the columns that its centres differ in', () => {
  const params = kMeansColumns.params.parse({ n_clusters: 2, top_n: 2 });
  expect(Array.from(kMeansColumns.fit(X, params, {}).selected)).toEqual([0, 1]);
});

it('mutual information finds a column too whose mean tells nothing', () => {
  const params = mutualInformationColumns.params.parse({ n_clusters: 2, top_n: 3 });
  const { selected, scores } = mutualInformationColumns.fit(X, params, {});
  expect(Array.from(selected)).toEqual([0, 1, 3]);
  // A label of two equal halves holds log 2 nats.
  expect(scores[0]).toBeCloseTo(Math.log(2), 1);
  expect(scores[2]).toBeLessThan(0.1);
  expect(mutualInformation(Float64Array.of(1, 2, 3), [0, 1, 2], 3)).toBe(0);
});

it('digamma', () => {
  expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 13);
  expect(digamma(10)).toBeCloseTo(2.251752589066721, 13);
  expect(digamma(1e5)).toBeCloseTo(11.512920464961896, 12);
});
