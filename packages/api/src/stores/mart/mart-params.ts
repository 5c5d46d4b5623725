import { z } from 'zod';
import { quarterName } from './quarter.ts';

export const STORES_MART = 'stores_mart';

/** Files of its stage. */
export const MART_CSV = 'mart.csv';
export const MART_TABLE = 'mart.bin';
export const MART_FACTS = 'mart.json';
export const MART_MANIFEST = 'mart.manifest.json';

/** A version of a data set, with the hash of its table: what was taken is what was meant. */
const source = z.strictObject({ version: z.uuid(), hash: z.string() });

export const martParams = z.strictObject({
  sales: source,
  stores: source,
  geo: source.nullable(),
  quarter: quarterName,
  /** Of the data set whose newest version the mart becomes. */
  name: z.string().min(1).max(200),
  columns: z.strictObject({ key: z.string(), date: z.string(), measures: z.array(z.string()).min(1) }),
});
