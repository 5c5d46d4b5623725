import { z } from 'zod';
import { type Core, pipelineNamed } from '../../core.ts';
import type { Em } from '../../db/orm.ts';
import { createJob } from '../../jobs/create-job.ts';
import type { Job } from '../../jobs/job.entity.ts';
import { requireDataset, requireTable } from '../../uploads/stored-tables.ts';
import { martColumns } from './mart-columns.ts';
import { STORES_MART } from './mart-params.ts';
import { quarterName } from './quarter.ts';

/** What is asked for; a schedule keeps it. */
export const martRequest = z.strictObject({
  sales: z.uuid().describe('Data set of sales: a row for each store and day'),
  stores: z.uuid().describe('Data set of stores: a row for each'),
  geo: z.uuid().nullable().default(null).describe('Data set of places: a row for each store'),
  quarter: quarterName.nullable().default(null).describe('The last one that has ended unless given'),
  name: z.string().trim().min(1).max(200).default('stores_mart').describe('Of the data set that the mart is kept in'),
  key: z.string().optional().describe('Column that names a store; found by its name unless given'),
  date: z.string().optional().describe('Column of the day of a sale; the first one of dates unless given'),
});

/**
 * A job that makes the mart of a quarter from the newest versions of its sources, in the caller's transaction.
 * @throws DomainError NOT_FOUND for a data set; INVALID_INPUT where columns are missing.
 */
export async function createMart(
  tx: Em,
  core: Core,
  request: z.output<typeof martRequest> & { quarter: string },
): Promise<Job> {
  const tableOf = async (id: string) => requireTable(tx, await requireDataset(tx, id));
  const sales = await tableOf(request.sales);
  const stores = await tableOf(request.stores);
  const geo = request.geo === null ? null : await tableOf(request.geo);
  const sourceOf = (table: typeof sales) => ({ version: table.datasetVersion.id, hash: table.tableHash });
  const others = { stores: stores.columns, ...(geo ? { geo: geo.columns } : {}) };
  return createJob(tx, core.queue, {
    pipeline: pipelineNamed(core, STORES_MART),
    params: {
      sales: sourceOf(sales),
      stores: sourceOf(stores),
      geo: geo && sourceOf(geo),
      quarter: request.quarter,
      name: request.name,
      columns: martColumns(sales.columns, others, request),
    },
    seed: core.config.seed,
  });
}
