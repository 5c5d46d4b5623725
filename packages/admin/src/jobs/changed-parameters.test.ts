import { expect, it } from 'vitest';
import { changesOf } from './changed-parameters.ts';

it('sends what was changed or added and nothing else', () => {
  const present = { n_clusters: 3, columns: ['a', 'b'], deep: { x: 1 } };
  const text = '{"n_clusters": 4, "columns": ["a", "b"], "deep": {"x": 2}, "init": "random"}';
  expect(changesOf(text, present)).toEqual({ n_clusters: 4, deep: { x: 2 }, init: 'random' });
  expect(changesOf('{}', present)).toEqual({});
});

it.each(['', '[1]', '"text"', 'null', '{"a": }'])('refuses %s', (text) => {
  expect(changesOf(text, {})).toBeUndefined();
});
