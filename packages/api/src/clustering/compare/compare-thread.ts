/** Compares labels while the service serves. */
import { QuestionThread } from '../../threads/question-thread.ts';
import type { LabelComparison } from './compare-labels.ts';

export interface CompareQuestion {
  /** Local files that have the labels. */
  readonly first: string;
  readonly second: string;
  /** Moved rows to tell one by one. */
  readonly most: number;
}

const MOST_WAITING = 20;
export const compareThread = new QuestionThread<CompareQuestion, LabelComparison>(
  new URL('./compare.worker.ts', import.meta.url),
  MOST_WAITING,
);
