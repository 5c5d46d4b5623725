/** Evidently's statistic of each column, and its verdict. Shown beside ours; nothing is decided by them. */
import { countedSamples } from '@kindred/ml/drift/evidently/samples.ts';
import { isDrifted, type StatTest } from '@kindred/ml/drift/evidently/stat-test.ts';
import { defaultStatTest, STAT_TESTS } from '@kindred/ml/drift/evidently/stat-tests.ts';
import { MlError } from '@kindred/ml/errors.ts';
import type { DriftColumn } from './drift-columns.ts';
import type { DriftMethods } from './drift-methods.ts';

export interface DriftScore {
  readonly test: StatTest;
  /** What the configuration asked for; undefined where the test is Evidently's choice. */
  readonly chosen: { readonly method: string; readonly threshold?: number | undefined } | undefined;
  readonly threshold: number;
  readonly score: number;
  readonly drifted: boolean;
}

/** A reason where the test is not defined for the samples. */
export type Scored = DriftScore | { readonly test: StatTest; readonly reason: string };

/** Undefined for a column without a reference. */
export function scoreColumn(column: DriftColumn, methods: DriftMethods): Scored | undefined {
  const { name, type, labels, reference, current } = column;
  if (!reference) return undefined;
  const values = type === 'num' ? labels.map(Number) : labels.map((_, place) => place);
  const samples = countedSamples(type, values, reference, current);
  const chosen = methods[name];
  const test = STAT_TESTS.find((one) => one.name === chosen?.method) ?? defaultStatTest(samples);
  const threshold = chosen?.threshold ?? test.threshold;
  try {
    const score = test.score(samples);
    if (!Number.isFinite(score)) return { test, reason: 'The test has no finite score of these samples.' };
    return { test, chosen, threshold, score, drifted: isDrifted(test, score, threshold) };
  } catch (error) {
    if (error instanceof MlError) return { test, reason: error.message };
    throw error;
  }
}

export const hasScore = (scored: Scored | undefined): scored is DriftScore => scored !== undefined && 'score' in scored;

/** Evidently calls a data set drifted from this share of its columns on. */
export const DRIFT_SHARE = 0.5;
