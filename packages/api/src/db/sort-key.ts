import type { z } from 'zod';

/** What the rows of a list are sorted by beside their ids, by which rows of one value go. */
export interface SortKey<T> {
  /** Cursors name it, so that one of another order is told apart. */
  readonly name: string;
  /** The value in SQL, as the index has it. Never null: keyset pages would lose the row. */
  column(alias: string): string;
  /** The same of a cursor's text, which stands for the `?`. */
  readonly bound: string;
  /** What a cursor says of a row. */
  value(row: T): string;
  /** Which texts a cursor may have: the database is not asked about others. */
  readonly text: z.ZodType<string>;
}

/** A sort key of whatever rows. */
export type AnySortKey = Omit<SortKey<never>, 'value'>;
