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
  /** The stage after which it pauses; null: it is only made, and waits to be told to go on. To its end unless given. */
  readonly until?: string | null | undefined;
}

/**
 * Creates a job and its queue entry in the caller's transaction.
 *
 * @throws DomainError INVALID_INPUT when the parameters do not fit the pipeline, or it has no stage `until`.
 */
export async function createJob(tx: Em, queue: JobQueue, request: NewJob): Promise<Job> {
  const params = parseParams(request.pipeline, request.params);
  const { until } = request;
  if (typeof until === 'string') checkStage(request.pipeline, until);
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
      ...(until === null ? { status: 'paused' } : { until: until ?? null }),
    });
    await tx.flush();
    if (until !== null) await queue.enqueue(tx, job.id);
    return job;
  });
}

/** @throws DomainError INVALID_INPUT */
export function checkStage(pipeline: Pipeline, name: string): void {
  const names = pipeline.stages.map((stage) => stage.name);
  if (names.includes(name)) return;
  throw new DomainError('INVALID_INPUT', `${pipeline.name} has no stage ${name}, only ${names.join(', ')}`, {
    details: { field: 'until' },
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
