import { EXPECTATIONS } from '@kindred/api/quality/expectations.ts';
import { expect, it } from 'vitest';
import { expectationWordsRu } from '../src/versions/expectation-words.ru.ts';
import type { Expectation } from '../src/versions/version-documents.ts';

const failed = (type: string, facts: Partial<Expectation> = {}): Expectation => ({
  table: 'users',
  check: 'some_check',
  type,
  column: 'age',
  severity: 'critical',
  success: false,
  kwargs: {},
  elements: 200,
  missing: 20,
  unexpected: 3,
  unexpectedPercent: null,
  observed: null,
  samples: [],
  ...facts,
});

it.each(EXPECTATIONS.map(({ type }) => type))('%s is told in Russian when it is not met', (type) => {
  expect(expectationWordsRu(failed(type), 'in English')).toMatch(/[а-яё]{3}/);
});

it('tells counts and limits in the words of the language', () => {
  const kwargs = { column: 'age', min_value: 18, max_value: null, mostly: 0.99 };
  expect(expectationWordsRu(failed('expect_column_values_to_be_between', { kwargs }), undefined)).toBe(
    'значения age вне границ от 18 до ∞: 3 из 200 (1,5\u00a0%)',
  );
  expect(expectationWordsRu(failed('expect_column_values_to_be_unique', { kwargs }), undefined)).toBe(
    'строк с таким же age, как у другой: 3 из 180 (1,67\u00a0%), допустимо не больше 1\u00a0%',
  );
});

it('says nothing of what was met, and the server’s own sentence of what it does not know', () => {
  expect(expectationWordsRu(failed('expect_table_to_be_present', { success: true }), undefined)).toBeUndefined();
  expect(expectationWordsRu(failed('expect_something_new'), 'in English')).toBe('in English');
});
