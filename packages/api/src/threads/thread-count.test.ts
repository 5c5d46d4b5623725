/** Every method of the list that takes threads gives the same with one, two and three of them, and with none. */
import { afterAll, describe, expect, it } from 'vitest';
import type { FitContext } from '../../../ml/src/estimator.ts';
import { type Matrix, zeros } from '../../../ml/src/matrix.ts';
import { Random } from '../../../ml/src/random.ts';
import { algorithmsOf, saveModel } from '../../../ml/src/registry.ts';
import { KernelThreads } from './kernel-threads.ts';

const teams = [1, 2, 3].map((count) => new KernelThreads(count));
afterAll(async () => {
  await Promise.all(teams.map((team) => team.close()));
});
const contexts: readonly FitContext[] = teams.map((threads) => ({ threads }));

/** More rows than one call of a kernel takes; four heaps. */
function sample(rows: number): Matrix {
  const random = new Random(21);
  const X = zeros(rows, 7);
  for (let at = 0; at < X.data.length; at++) X.data[at] = random.normal() + (Math.floor(at / 7) % 4 === at % 7 ? 6 : 0);
  return X;
}
const X = sample(5000);

/** What costs much is made small, where the method has it. */
function paramsOf(params: { shape: object; parse(given: object): Record<string, unknown> }): Record<string, unknown> {
  const small = { exact_rows: 600, n_landmarks: 60, epochs: 2, n_epochs: 20, max_iter: 260 };
  return params.parse(Object.fromEntries(Object.entries(small).filter(([name]) => name in params.shape)));
}

describe.each(algorithmsOf('reducer'))('reducer $name', (reducer) => {
  it('is the same for any number of threads', () => {
    const params = paramsOf(reducer.params);
    const alone = reducer.fit(X, params, {});
    const bytes = saveModel(reducer, alone.model);
    for (const context of contexts) {
      const { model, Z } = reducer.fit(X, params, context);
      expect(saveModel(reducer, model)).toEqual(bytes);
      expect(Z).toEqual(alone.Z);
      expect(reducer.transform(model, X, context)).toEqual(reducer.transform(model, X, {}));
    }
  });
});

describe.each(algorithmsOf('clusterer'))('clusterer $name', (clusterer) => {
  it('is the same for any number of threads', () => {
    const params = paramsOf(clusterer.params);
    const alone = clusterer.fit(X, params, {});
    const bytes = saveModel(clusterer, alone.model);
    for (const context of contexts) {
      const { model, labels } = clusterer.fit(X, params, context);
      expect(saveModel(clusterer, model)).toEqual(bytes);
      expect(labels).toEqual(alone.labels);
      expect(clusterer.predict(model, X, context)).toEqual(clusterer.predict(model, X, {}));
    }
  });
});

describe.each(algorithmsOf('selector'))('selector $name', (selector) => {
  it('is the same for any number of threads', () => {
    const alone = selector.fit(X, paramsOf(selector.params), {});
    for (const context of contexts) expect(selector.fit(X, paramsOf(selector.params), context)).toEqual(alone);
  });
});
