import { clusteringParams } from '@kindred/api/clustering/clustering-params.ts';
import { clusteringForms } from '@kindred/api/clustering/method-forms.ts';
import { searchForm } from '@kindred/api/clustering/search/search-params.ts';
import { expect, it } from 'vitest';
import { isObject } from '../src/clusterings/create/draft.ts';
import { parameterTextsEn } from '../src/clusterings/create/parameter-texts.en.ts';
import { parameterTextsRu } from '../src/clusterings/create/parameter-texts.ru.ts';
import { parameterWords } from '../src/clusterings/create/parameter-texts.ts';
import { type Field, fieldsOf } from '../src/clusterings/create/schema-fields.ts';

interface Asked {
  readonly owner: string;
  readonly field: Field;
}

const asked = (owner: string, schema: unknown): Asked[] => fieldsOf(schema).map((field) => ({ owner, field }));

/** A form within the form, of parameters that are given together. */
function within(schema: unknown, name: string): unknown {
  const property = isObject(schema) && isObject(schema.properties) ? schema.properties[name] : undefined;
  const options = isObject(property) && Array.isArray(property.anyOf) ? property.anyOf : [property];
  return options.find((one) => isObject(one) && one.type === 'object');
}

const FORMS: readonly Asked[] = clusteringForms().flatMap(({ stage, methods, schema, choices, beside }) => [
  ...asked(stage, schema),
  ...methods.flatMap((method) => asked(method.name, method.schema)),
  ...(choices ?? []).flatMap((choice) => choice.methods.flatMap((method) => asked(method.name, method.schema))),
  ...['automatic_k', 'stability'].flatMap((name) => asked(name, within(beside, name))),
]);
const SEARCH = [...asked('search', searchForm()), ...asked('search', within(searchForm(), 'n_clusters'))];
const ALL = [...FORMS, ...SEARCH];
/** Asked for beside the forms that schemas make. */
const OF_DATA = ['columns', 'label_column', 'feature_groups', 'row_filter', 'geo', 'automatic_k', 'stability'];

/** Names of methods and products are the same in both languages. */
const IS_RUSSIAN = /[а-яё]/i;
const IS_NAME = /^(t-SNE|UMAP|DBSCAN|HDBSCAN|OPTICS|ReLU)$/;

it('has a Russian name and help for every parameter of every method, stage and of the search', () => {
  const { name, help } = parameterWords(parameterTextsRu);
  expect(ALL.length).toBeGreaterThan(120);
  const untold = ALL.filter(
    ({ owner, field }) =>
      !IS_RUSSIAN.test(name(owner, field.name)) || !IS_RUSSIAN.test(help(owner, field.name, field.description)),
  );
  expect(untold.map(({ owner, field }) => `${owner}.${field.name}: ${field.description}`)).toEqual([]);
  for (const parameter of OF_DATA) {
    expect(name('data', parameter)).toMatch(IS_RUSSIAN);
    expect(help('data', parameter, '')).toMatch(IS_RUSSIAN);
  }
});

it('has a Russian text for every value that a form lets choose', () => {
  const { option } = parameterWords(parameterTextsRu);
  const untold = ALL.filter(({ field }) => field.name !== 'feature_groups').flatMap(({ owner, field }) =>
    field.options
      .filter((value) => !IS_RUSSIAN.test(option(field.name, value)) && !IS_NAME.test(option(field.name, value)))
      .map((value) => `${owner}.${field.name}: ${value}`),
  );
  expect(untold).toEqual([]);
});

it.each([
  ['English', parameterTextsEn],
  ['Russian', parameterTextsRu],
])('has no %s text of what nobody asks for', (_language, { names, helps, options }) => {
  const known = new Set(ALL.flatMap(({ owner, field }) => [field.name, `${owner}.${field.name}`]).concat(OF_DATA));
  const values = new Set(
    ALL.flatMap(({ field }) => field.options.flatMap((option) => [option, `${field.name}.${option}`])),
  );
  expect([...Object.keys(names), ...Object.keys(helps)].filter((key) => !known.has(key))).toEqual([]);
  expect(Object.keys(options).filter((key) => !values.has(key))).toEqual([]);
});

it('tells in Russian what is wrong with a value, in the words that its schema has for it', () => {
  const { problem } = parameterWords(parameterTextsRu);
  const said = (params: object) =>
    clusteringParams.safeParse(params).error?.issues.map(({ message }) => message) ?? ['nothing'];
  const wrong = [
    { clustering: { method: 'k_means', params: { n_clusters: 0 } } },
    { clustering: { method: 'k_means', params: { n_clusters: 1.5 } } },
    { clustering: { method: 'k_means', params: { tol: 'small' } } },
    { clustering: { method: 'no_such', params: {} } },
    { automatic_k: { from: 5, to: 200 } },
    { automatic_k: { from: 9, to: 3 } },
    { preprocessing: { scale: 'none of these', max_missing_share: 2 } },
    { feature_groups: [] },
  ].flatMap(said);
  expect(wrong.length).toBeGreaterThan(7);
  expect(wrong.filter((message) => !IS_RUSSIAN.test(problem(message)))).toEqual([]);
  expect(problem('something new')).toBe('something new');
});
