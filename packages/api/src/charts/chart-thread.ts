/** Draws charts that somebody asks for while the service serves. */
import { QuestionThread } from '../threads/question-thread.ts';
import type { ChartOption } from './chart.ts';

const MOST_WAITING = 50;
const thread = new QuestionThread<ChartOption, Uint8Array>(new URL('./chart.worker.ts', import.meta.url), MOST_WAITING);

export const chartThread = {
  /** @throws DomainError RATE_LIMITED where too many wait; STAGE_FAILED where it cannot be drawn. */
  png: async (option: ChartOption): Promise<Buffer> => Buffer.from(await thread.ask(option)),
};
