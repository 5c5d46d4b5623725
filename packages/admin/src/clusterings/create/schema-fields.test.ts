import { expect, it } from 'vitest';
import { applies, fieldsOf, isCalledFor, parsed, written } from './schema-fields.ts';

const SCHEMA = {
  properties: {
    n_clusters: { type: 'integer', default: 3, minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'How many.' },
    linkage: { type: 'string', enum: ['ward', 'single'], default: 'ward' },
    alone: { type: 'boolean', default: false },
    n_components: { anyOf: [{ type: 'integer' }, { const: 'kaiser' }], default: 5 },
    hidden_layers: { type: 'array', items: { type: 'integer' }, default: [32] },
    methods: { type: 'array', items: { type: 'string', examples: ['k_means', 'dbscan'] } },
    fixed: { type: 'number', const: 2 },
    own_params: { type: 'object', default: {} },
  },
};

it('asks for each parameter in the way of its schema, and not for what has no choice', () => {
  expect(fieldsOf(SCHEMA).map(({ name, kind }) => [name, kind])).toEqual([
    ['n_clusters', 'number'],
    ['linkage', 'choice'],
    ['alone', 'switch'],
    ['n_components', 'text'],
    ['hidden_layers', 'list'],
    ['methods', 'choices'],
  ]);
  expect(fieldsOf(SCHEMA)[0]).toMatchObject({ least: 1, most: undefined, default: 3, description: 'How many.' });
  expect(fieldsOf(undefined)).toEqual([]);
});

it.each([
  ['5', 'number', 5],
  ['0,5', 'number', 0.5],
  ['kaiser', 'text', 'kaiser'],
  ['0.9', 'text', 0.9],
  ['64, 32', 'list', [64, 32]],
  [' ', 'number', undefined],
  ['many', 'number', 'many'],
] as const)('reads "%s" of a %s', (text, kind, value) => {
  expect(parsed(text, kind)).toEqual(value);
});

it('writes what it reads', () => {
  expect(parsed(written([64, 32]), 'list')).toEqual([64, 32]);
  expect(written(null)).toBe('');
});

it('tells which fields make a difference beside what was said of the others', () => {
  const fields = fieldsOf({
    properties: {
      cluster_method: { type: 'string', enum: ['xi', 'dbscan'], default: 'xi' },
      xi: { type: 'number', default: 0.05, appliesWhen: { cluster_method: ['xi'] } },
      eps: { type: 'number', default: 1.5, appliesWhen: { cluster_method: ['dbscan'] } },
      charts: { type: 'array', items: { enum: ['map', 'tsne'] }, default: ['map'] },
      rows: { type: 'integer', default: 10, appliesWhen: { charts: ['tsne', 'umap'] } },
    },
  });
  const shown = (said: Readonly<Record<string, unknown>>, of = applies) =>
    fields.filter((field) => of(field, fields, (name) => said[name])).map(({ name }) => name);
  expect(shown({})).toEqual(['cluster_method', 'xi', 'charts']);
  expect(shown({ cluster_method: 'dbscan', charts: ['map', 'tsne'] })).toEqual([
    'cluster_method',
    'eps',
    'charts',
    'rows',
  ]);
  expect(shown({}, isCalledFor)).toEqual([]);
  expect(shown({ cluster_method: 'dbscan' }, isCalledFor)).toEqual(['xi', 'eps']);
});
