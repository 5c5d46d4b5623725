/**
 * What a good version looked like, as far as the checks of the next one need it (`profile.json`). Shares are kept under
 * the name of the check that measured them, so that a check finds its own baseline.
 */
import { z } from 'zod';

const span = z.object({ first: z.iso.date(), last: z.iso.date() });

const profileSchema = z.object({
  format: z.literal(1),
  version: z.string(),
  rows: z.record(z.string(), z.int()),
  /** By `table.check`: the unexpected share, or the observed number of a check that has no unexpected values. */
  shares: z.record(z.string(), z.number()),
  /** By `table.column`: rows by value of a categorical column; absent where it has too many values. */
  values: z.record(z.string(), z.record(z.string(), z.int())),
  /** By `table.column`: the stretch of days that carries the column's regular traffic. */
  spans: z.record(z.string(), span),
  /** By `table.column`: median day. */
  medians: z.record(z.string(), z.iso.date()),
  /** By `table.column`: largest number. */
  maxima: z.record(z.string(), z.number()),
});

export type Profile = z.infer<typeof profileSchema>;
export type Span = z.infer<typeof span>;

export function parseProfile(value: unknown): Profile {
  return profileSchema.parse(value);
}

export const columnKey = (table: string, column: string) => `${table}.${column}`;
