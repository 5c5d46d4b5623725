import { z } from 'zod';
import { recordDrift, recordPublish } from '../lookalike/lookalike.records.ts';
import { LOOKALIKE } from '../lookalike/receive/version-ledger.ts';
import { definePipeline } from '../pipelines/pipeline.ts';
import { toyPipeline } from './toy-pipeline.ts';
import { STAGES } from './training-stages.ts';

export const TRAINING_STAGES_MODULE = new URL('./training-stages.ts', import.meta.url).href;

/** In the place of the look-alike pipeline: it trains in no time, and what it leaves is recorded by the same code. */
export const trainingPipeline = definePipeline({
  name: LOOKALIKE,
  stages: STAGES.lookalike,
  params: z.strictObject({ rate: z.number().default(1), published: z.boolean().default(true) }),
  sources: toyPipeline.sources,
  record: { drift: recordDrift, publish: recordPublish },
});
