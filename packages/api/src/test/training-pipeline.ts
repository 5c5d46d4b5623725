import { z } from 'zod';
import { recordDrift, recordPublish } from '../lookalike/lookalike.records.ts';
import { definePipeline } from '../pipelines/pipeline.ts';
import { toyPipeline } from './toy-pipeline.ts';
import { STAGES } from './training-stages.ts';

export const TRAINING_STAGES_MODULE = new URL('./training-stages.ts', import.meta.url).href;

/** Trains in no time, and records it as the look-alike pipeline does. */
export const trainingPipeline = definePipeline({
  name: 'training',
  stages: STAGES.training,
  params: z.strictObject({ rate: z.number().default(1), published: z.boolean().default(true) }),
  sources: toyPipeline.sources,
  record: { drift: recordDrift, publish: recordPublish },
});
