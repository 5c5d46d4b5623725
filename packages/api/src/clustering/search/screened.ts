/** What the first stage of a search hands to the second. */
import { z } from 'zod';

export const SCREENED = 'screened.json';

export const measures = z.object({
  clusters: z.int(),
  sizes: z.array(z.int()),
  noise: z.number(),
  silhouette: z.number().nullable(),
  calinski_harabasz: z.number().nullable(),
  davies_bouldin: z.number().nullable(),
  density_validity: z.number().nullable(),
});

export const screened = z.object({
  /** Of the budget; null where there is none, so that the time taken is in no file. */
  spent_seconds: z.number().nullable(),
  /** Those that were begun, in the order of the plan. */
  trials: z.array(
    z.object({
      number: z.int(),
      state: z.enum(['screened', 'degenerate', 'failed', 'skipped']),
      reason: z.string().nullable(),
      measures: measures.nullable(),
      score: z.number().nullable(),
      adjusted_rand: z.number().nullable(),
      /** Of the clustering, for all rows. */
      params: z.record(z.string(), z.unknown()).nullable(),
      /** Number of the finalist that puts the sample into the same clusters. */
      same_as: z.int().nullable(),
    }),
  ),
  /** Best first; the labels of the sample's rows. */
  finalists: z.array(z.object({ number: z.int(), labels: z.array(z.int()) })),
});
export type Screened = z.output<typeof screened>;
export type ScreenedTrial = Screened['trials'][number];
