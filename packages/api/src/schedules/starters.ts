/** What can be scheduled: how a job of a pipeline is made from a request that was kept. */
import { z } from 'zod';
import { createClusteringJobIn } from '../clustering/clustering.operations.ts';
import type { Core } from '../core.ts';
import { CLUSTERING } from '../datasets/dataset.entity.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import type { Job } from '../jobs/job.entity.ts';
import type { Json } from '../pipelines/stage.ts';
import { createMart, martRequest } from '../stores/mart/mart.operations.ts';
import { STORES_MART } from '../stores/mart/mart-params.ts';
import { lastWholeQuarter } from '../stores/mart/quarter.ts';

/** The time that a job is made for, by whose clock. */
export interface DueTime {
  readonly at: Date;
  readonly timeZone: string;
}

export interface Starter {
  readonly request: z.ZodType<Record<string, unknown>>;
  /** In the caller's transaction. @throws DomainError before it has written anything. */
  start(tx: Em, core: Core, request: Record<string, Json>, due: DueTime): Promise<Job>;
}

function starter<Request extends z.ZodType<Record<string, unknown>>>(
  request: Request,
  start: (tx: Em, core: Core, request: z.output<Request>, due: DueTime) => Promise<Job>,
): Starter {
  return { request, start: (tx, core, kept, due) => start(tx, core, request.parse(kept), due) };
}

const clusteringRequest = z.strictObject({
  dataset: z.uuid().describe('Its newest version is clustered'),
  preset: z.string().optional(),
  params: z.record(z.string(), z.json()).optional(),
  seed: z.int().min(0).optional(),
});

/** THE LIST of what can be scheduled. */
const STARTERS: Readonly<Record<string, Starter>> = {
  [CLUSTERING]: starter(clusteringRequest, (tx, core, { dataset, params, ...rest }) =>
    createClusteringJobIn(tx, core, {
      ...rest,
      datasetId: dataset,
      params: params as Record<string, Json>,
      start: true,
    }),
  ),
  [STORES_MART]: starter(martRequest, (tx, core, request, { at, timeZone }) =>
    createMart(tx, core, { ...request, quarter: request.quarter ?? lastWholeQuarter(at, timeZone) }),
  ),
};

/** @throws DomainError INVALID_INPUT */
export function starterOf(pipeline: string): Starter {
  const found = Object.hasOwn(STARTERS, pipeline) ? STARTERS[pipeline] : undefined;
  if (found) return found;
  throw new DomainError(
    'INVALID_INPUT',
    `${pipeline.slice(0, 60)} cannot be scheduled, only ${Object.keys(STARTERS).join(', ')}`,
    {
      details: { field: 'pipeline' },
    },
  );
}

/** The request with its defaults. @throws DomainError INVALID_INPUT naming what is wrong with it. */
export function checkRequest(pipeline: string, request: unknown): Record<string, Json> {
  const parsed = starterOf(pipeline).request.safeParse(request);
  if (parsed.success) return parsed.data as Record<string, Json>;
  const problems = parsed.error.issues.map(({ path, message }) => `${['request', ...path].join('.')}: ${message}`);
  throw new DomainError('INVALID_INPUT', `The request does not fit ${pipeline}: ${problems.join('; ')}`, {
    details: { field: 'request', problems },
  });
}
