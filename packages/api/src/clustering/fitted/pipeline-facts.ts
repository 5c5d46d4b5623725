/** What there is to know of a fitted pipeline before it is asked: small, beside the models. */
import { z } from 'zod';
import { COLUMN_TYPES } from '../../uploads/columnar/table-format.ts';

export const PIPELINE_FACTS = 'pipeline.json';

export const pipelineFacts = z.object({
  /** Of the data set that it was fitted on; rows must have those that are `used`. */
  columns: z.array(z.object({ name: z.string(), type: z.enum(COLUMN_TYPES), used: z.boolean() })),
  selection: z.string(),
  reduction: z.string(),
  clustering: z.string(),
  placing: z.object({ rule: z.string(), natural: z.boolean(), value: z.enum(['distance', 'probability']) }),
  /** Why it can place no new rows. */
  refusal: z.string().nullable(),
  /** The share of fitted rows that got their own labels when they were placed as new ones, and how many were asked; null where none can be. */
  own: z.object({ share: z.number(), rows: z.int() }).nullable(),
});
export type PipelineFacts = z.output<typeof pipelineFacts>;
export type FittedColumn = PipelineFacts['columns'][number];
