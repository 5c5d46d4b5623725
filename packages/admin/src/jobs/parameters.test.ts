import { expect, it } from 'vitest';
import { parameterRows } from './parameters.ts';

it('lays parameters of two jobs side by side and marks what differs', () => {
  const first = { method: 'kmeans', params: { n_clusters: 3, init: 'random' }, columns: ['a'] };
  const second = { method: 'kmeans', params: { n_clusters: 4 }, columns: ['a'] };
  expect(parameterRows([first, second])).toEqual([
    { name: 'columns', values: ['["a"]', '["a"]'], differs: false },
    { name: 'method', values: ['kmeans', 'kmeans'], differs: false },
    { name: 'params.init', values: ['random', undefined], differs: true },
    { name: 'params.n_clusters', values: ['3', '4'], differs: true },
  ]);
});

it('has no rows for what is no object', () => {
  expect(parameterRows([null, 'text'])).toEqual([]);
});
