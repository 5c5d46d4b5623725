import type { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import { canonicalJson } from '../objects/canonical-json.ts';
import { hashBytes } from '../objects/object-store.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import type { Json } from '../pipelines/stage.ts';
import { traceJobCreation } from '../tracing/job-spans.ts';
import { Job } from './job.entity.ts';
import { lockGroup } from './lease.ts';
import type { JobQueue } from './queue.ts';

export interface NewJob {
  readonly pipeline: Pipeline;
  readonly datasetVersion?: DatasetVersion | undefined;
  readonly params: unknown;
  readonly seed: number;
  readonly group?: string | undefined;
}

/**
 * Creates a job and its queue entry in the caller's transaction.
 *
 * @throws DomainError INVALID_INPUT when the parameters do not fit the pipeline.
 */
export async function createJob(tx: Em, queue: JobQueue, request: NewJob): Promise<Job> {
  const params = parseParams(request.pipeline, request.params);
  return traceJobCreation(request.pipeline.name, async (traceparent) => {
    if (request.group !== undefined) await lockGroup(tx, request.group);
    const job = tx.create(Job, {
      pipeline: request.pipeline.name,
      params,
      seed: request.seed,
      idCard: idCard(request.pipeline, request.datasetVersion?.manifestHash ?? null, params, request.seed),
      ...(request.group === undefined ? {} : { group: request.group }),
      ...(request.datasetVersion ? { datasetVersion: request.datasetVersion } : {}),
      ...(traceparent === undefined ? {} : { traceparent }),
    });
    await tx.flush();
    await queue.enqueue(tx, job.id);
    return job;
  });
}

function parseParams(pipeline: Pipeline, params: unknown): Record<string, Json> {
  const parsed = pipeline.params.safeParse(params);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new DomainError('INVALID_INPUT', `The parameters do not fit ${pipeline.name}: ${problems.join('; ')}`, {
    details: { field: 'params', problems },
  });
}

/** One hash over data, parameters, seed and code. */
function idCard(pipeline: Pipeline, data: string | null, params: Record<string, Json>, seed: number): string {
  const code = pipeline.stages.map((stage) => [stage.name, stage.codeVersion]);
  return hashBytes(canonicalJson({ pipeline: pipeline.name, data, params, seed, code }));
}
