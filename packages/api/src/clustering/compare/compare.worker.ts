/** The thread of compare-thread.ts. */
import { readFileSync } from 'node:fs';
import { answerQuestions } from '../../threads/question-thread.ts';
import { parseLabels } from '../labels-file.ts';
import { compareLabels } from './compare-labels.ts';
import type { CompareQuestion } from './compare-thread.ts';

answerQuestions(({ first, second, most }: CompareQuestion) =>
  compareLabels(parseLabels(readFileSync(first)), parseLabels(readFileSync(second)), most),
);
