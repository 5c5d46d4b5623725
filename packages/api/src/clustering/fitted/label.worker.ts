/** The thread of label-thread.ts: keeps the pipeline that was asked last. */
import { readFileSync } from 'node:fs';
import { MlError } from '@kindred/ml/errors.ts';
import { DomainError } from '../../errors.ts';
import { answerQuestions } from '../../threads/question-thread.ts';
import { type FittedPipeline, loadPipeline } from './fitted-pipeline.ts';
import type { LabelAnswer, LabelQuestion } from './label-thread.ts';

let last: { readonly hash: string; readonly pipeline: FittedPipeline } | undefined;

answerQuestions(({ hash, file, table }: LabelQuestion): LabelAnswer => {
  if (last?.hash !== hash) last = { hash, pipeline: loadPipeline(readFileSync(file)) };
  try {
    return last.pipeline.place(table, {});
  } catch (error) {
    if (error instanceof MlError && error.code === 'INVALID_INPUT')
      throw new DomainError('INVALID_INPUT', error.message, { details: { field: 'rows' } });
    throw error;
  }
});
