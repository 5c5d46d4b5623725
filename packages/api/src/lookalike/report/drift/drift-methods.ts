/** Which of Evidently's tests each column is given: the job's parameter `driftMethods`. */
import { STAT_TESTS } from '@kindred/ml/drift/evidently/stat-tests.ts';
import { z } from 'zod';
import { DRIFT_COLUMNS } from './drift-columns.ts';

const names = (type: 'num' | 'cat') => STAT_TESTS.filter(({ types }) => types.includes(type)).map(({ name }) => name);

const choiceOf = (methods: readonly string[]) =>
  z.strictObject({
    method: z.enum(methods).describe("Evidently's name of the test."),
    threshold: z.number().min(0).optional().describe("Where drift begins; Evidently's own unless given."),
  });

const CHOICES = { num: choiceOf(names('num')).optional(), cat: choiceOf(names('cat')).optional() };

/** Columns that are not named get the test that Evidently itself would choose. */
export const driftMethods = z
  .strictObject(Object.fromEntries(DRIFT_COLUMNS.map(({ name, type }) => [name, CHOICES[type]])))
  .describe(
    "By column: which of Evidently's tests drift.html and evidently.json show; the verdict does not depend on it.",
  );

export type DriftMethods = z.output<typeof driftMethods>;
