/** Labels a few rows while the service serves. */
import type { Table } from '@kindred/ml/preprocessing/table.ts';
import { QuestionThread } from '../../threads/question-thread.ts';

export interface LabelQuestion {
  /** Of the bytes of the fitted pipeline, and a local file that has them. */
  readonly hash: string;
  readonly file: string;
  readonly table: Table;
}

export interface LabelAnswer {
  readonly labels: Int32Array;
  readonly values: Float64Array;
}

const MOST_WAITING = 50;
export const labelThread = new QuestionThread<LabelQuestion, LabelAnswer>(
  new URL('./label.worker.ts', import.meta.url),
  MOST_WAITING,
);
