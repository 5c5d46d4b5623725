import { expect, it } from 'vitest';
import { Failure } from '../../graphql/failure.ts';
import { problemsOf, valueAt, withValue } from './draft.ts';

it('puts a value in its place and leaves the rest as it is', () => {
  const params = { clustering: { method: 'k_means', params: { n_clusters: 3, init: 'random' } }, columns: ['a'] };
  const changed = withValue(params, ['clustering', 'params', 'n_clusters'], 5);
  expect(valueAt(changed, ['clustering', 'params'])).toEqual({ n_clusters: 5, init: 'random' });
  expect(valueAt(changed, ['columns'])).toBe(params.columns);
  expect(params.clustering.params.n_clusters).toBe(3);
});

it('takes away what goes back to its default, and what that leaves empty', () => {
  const params = withValue({}, ['preprocessing', 'scale'], 'none');
  expect(params).toEqual({ preprocessing: { scale: 'none' } });
  expect(withValue(params, ['preprocessing', 'scale'], undefined)).toEqual({});
  expect(withValue({ columns: null }, ['columns'], [])).toEqual({ columns: [] });
});

it('finds what the server says of each parameter', () => {
  const error = new Failure('INVALID_INPUT', 'The parameters do not fit', {
    details: { problems: ['clustering.params.n_clusters: Too small: at least 1', 'automatic_k.to: is below from'] },
  });
  expect([...problemsOf(error)]).toEqual([
    ['clustering.params.n_clusters', 'Too small: at least 1'],
    ['automatic_k.to', 'is below from'],
  ]);
  expect(problemsOf(new Failure('NOT_FOUND', 'no data set')).size).toBe(0);
});
