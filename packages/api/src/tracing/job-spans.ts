import { type Attributes, SpanKind, trace } from '@opentelemetry/api';
import type { Job } from '../jobs/job.entity.ts';
import { ATTRIBUTES } from './attributes.ts';
import { contextOf, failSpan, inSpan, traceparent } from './spans.ts';

/** A job is a message to whichever worker takes it, by the conventions for messaging. */
function messaging(operation: 'send' | 'process', pipeline: string): Attributes {
  return {
    [ATTRIBUTES.MESSAGING_SYSTEM]: 'pg-boss',
    [ATTRIBUTES.MESSAGING_DESTINATION_NAME]: 'jobs',
    [ATTRIBUTES.MESSAGING_OPERATION_TYPE]: operation,
    [ATTRIBUTES.MESSAGING_OPERATION_NAME]: operation,
    'kindred.pipeline': pipeline,
  };
}

/** @param create is given the `traceparent` that goes into the job's row. */
export function traceJobCreation(
  pipeline: string,
  create: (traceparent: string | undefined) => Promise<Job>,
): Promise<Job> {
  return inSpan(
    `send job ${pipeline}`,
    { kind: SpanKind.PRODUCER, attributes: messaging('send', pipeline) },
    async (span) => {
      const job = await create(traceparent());
      span.setAttributes({ [ATTRIBUTES.MESSAGING_MESSAGE_ID]: job.id });
      return job;
    },
  );
}

/** Runs the job under the request that made it, in whichever process and after however many attempts. */
export function traceJob(job: Job, attempt: number, run: () => Promise<void>): Promise<void> {
  const attributes = {
    ...messaging('process', job.pipeline),
    [ATTRIBUTES.MESSAGING_MESSAGE_ID]: job.id,
    'kindred.job.attempt': attempt,
    ...(job.datasetVersion ? { 'kindred.data_version': job.datasetVersion.getEntity().name } : {}),
  };
  const parent = contextOf({ traceparent: job.traceparent ?? undefined });
  return inSpan(`process job ${job.pipeline}`, { kind: SpanKind.CONSUMER, attributes, parent }, run);
}

/** For an error that is told by other means than being thrown. */
export function failActiveSpan(error: unknown): void {
  const span = trace.getActiveSpan();
  if (span) failSpan(span, error);
}
