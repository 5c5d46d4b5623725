import { methodsOf, requestName } from '@kindred/api/clustering/methods.ts';
import { ERROR_CODES } from '@kindred/api/errors.ts';
import { PIPELINES } from '@kindred/api/pipelines/pipelines.ts';
import { expect, it } from 'vitest';
import { jobWordsRu } from '../src/jobs/job-words.ru.ts';
import { jobsEn } from '../src/jobs/jobs.en.ts';
import { jobsRu } from '../src/jobs/jobs.ru.ts';
import { layoutEn } from '../src/layout/layout.en.ts';
import { layoutRu } from '../src/layout/layout.ru.ts';

const sources = import.meta.glob<string>(
  ['../../api/src/{clustering,lookalike,stores}/**/*.ts', '!../../api/src/**/*.test.ts'],
  { query: '?raw', import: 'default', eager: true },
);

/** What stages say of their progress, where it stands in a source as it is. */
const SAID = [/progress\??\.?\([^'`\n]*, '([^']+)'\)/g, /fitContext\(context, '([^']+)'/g, /\bwhy: '([^']+)'/g];

it('has a name in both languages for every pipeline and stage', () => {
  const stages = new Set(PIPELINES.flatMap((pipeline) => pipeline.stages.map(({ name }) => name)));
  for (const { pipeline, stage } of [jobsEn.jobs, jobsRu.jobs]) {
    expect(Object.keys(stage).sort()).toEqual([...stages].sort());
    expect(Object.keys(pipeline).sort()).toEqual(PIPELINES.map(({ name }) => name).sort());
  }
});

it('tells in Russian what stages say they do, and why charts are left out', () => {
  const said = Object.values(sources).flatMap((text) =>
    SAID.flatMap((pattern) => [...text.matchAll(pattern)].map(([, words = '']) => words)),
  );
  expect(said.length).toBeGreaterThan(15);
  expect(said.filter((words) => !/[а-яё]/.test(jobWordsRu.said(words)))).toEqual([]);
});

it('tells in Russian what each measure is', () => {
  const { measure } = jobWordsRu;
  for (const { name, definition } of methodsOf('cluster_metric')) {
    expect(measure(requestName(name), definition)).toMatch(/^[А-ЯЁ].*лучше/);
  }
  expect(measure('adjusted_rand', 'Agreement with the column kind: 1 for the same groups')).toContain('столбцом kind:');
  expect(measure('new_one', 'in English')).toBe('in English');
});

it.each([
  ['reading transaction', 'читает transaction'],
  ['day 3 of 40', 'день 3 из 40'],
  ['stability: 20 resamples', 'устойчивость: повторных выборок 20'],
  ['finalist 2 of 8: k-means, 4 clusters', 'финалист 2 из 8: k-means, 4 clusters'],
  ['trial 5 of 60', 'вариант 5 из 60'],
  ['cluster 12', 'кластер 12'],
  ['noise', 'вне кластеров'],
  ['1,234 points', 'точек: 1\u00a0234'],
  [
    '12,000 points in 300 marks; larger ones stand for up to 40',
    'точек: 12\u00a0000, меток: 300; крупные — до 40 точек каждая',
  ],
  [
    'between blocks of rows in the order of their clusters; 5 of 9 rows',
    'между группами строк по порядку кластеров; строк: 5 из 9',
  ],
  ['trial 5 of 60; best score so far 0.512: PCA', 'вариант 5 из 60; лучшая оценка пока 0,512: PCA'],
  ['something else', 'something else'],
])('%s is %s', (said, russian) => {
  expect(jobWordsRu.said(said)).toBe(russian);
});

it('tells every code of an error in Russian, beside the sentence of the service', () => {
  for (const code of Object.keys(ERROR_CODES)) {
    expect(jobWordsRu.failure({ code, message: 'Stage train took longer than 540 s' })).toMatch(
      /^[а-яё][а-яё -]+ \(Stage train took longer than 540 s\)$/,
    );
  }
});

it('has a text in both languages for every code of an error', () => {
  for (const { errors } of [layoutEn, layoutRu]) {
    expect(Object.keys(ERROR_CODES).filter((code) => !Object.hasOwn(errors, code))).toEqual([]);
  }
});
