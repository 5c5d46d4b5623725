import { expect, it } from 'vitest';
import { CHECK_IDS } from './checklist.ts';
import { Verdicts } from './verdicts.ts';

it('lists the 100 checks of the seed: 20, 15, 15, 20 and 30', () => {
  const sizes = [1, 2, 3, 4, 5].map((block) => CHECK_IDS.filter((id) => id.startsWith(`${block}.`)).length);
  expect(sizes).toEqual([20, 15, 15, 20, 30]);
});

it('fails a check that failed once or was never decided', () => {
  const verdicts = new Verdicts();
  verdicts.check('1.1', true, '');
  verdicts.check('1.2', false, 'first answer was 500');
  verdicts.check('1.2', true, '');
  verdicts.skip('5.29', 'no dvc');
  expect(verdicts.verdict('1.1')).toBe('passed');
  expect(verdicts.verdict('1.2')).toBe('failed');
  expect(verdicts.verdict('1.3')).toBe('failed');
  expect(verdicts.count('skipped')).toBe(1);
  expect(verdicts.count('failed')).toBe(98);
  expect(verdicts.table()).toContain('first answer was 500');
});
