import type { Logger } from 'pino';
import type { AuditJournal } from './access/audit/journal.ts';
import type { KnownCallers } from './access/known-callers.ts';
import type { Config } from './config.ts';
import type { Database } from './db/orm.ts';
import type { DependencyWatch } from './dependencies/dependency-watch.ts';
import { DomainError } from './errors.ts';
import type { EventBus } from './events/events.ts';
import type { JobLog } from './jobs/log/job-log.ts';
import type { JobQueue } from './jobs/queue.ts';
import type { ObjectStore } from './objects/object-store.ts';
import type { Pipeline } from './pipelines/pipeline.ts';
import type { PipelineRunner } from './pipelines/run-pipeline.ts';
import type { ProcessRegistry } from './system/process-registry.ts';

/** What operations stand on. */
export interface Core {
  readonly config: Config;
  readonly logger: Logger;
  readonly database: Database;
  readonly objects: ObjectStore;
  readonly events: EventBus;
  readonly queue: JobQueue;
  readonly jobLog: JobLog;
  readonly runner: PipelineRunner;
  /** What is away now. */
  readonly dependencies: DependencyWatch;
  readonly pipelines: readonly Pipeline[];
  /** The process itself, as others see it. */
  readonly processes: ProcessRegistry;
  /** Of the code that runs; undefined where nobody knows. */
  readonly commit: string | undefined;
  /** Where mutations are written down. */
  readonly journal: AuditJournal;
  /** Whoever showed a key or a session lately. */
  readonly callers: KnownCallers;
}

/** @throws DomainError UNKNOWN_PIPELINE */
export function pipelineNamed(core: Core, name: string): Pipeline {
  const pipeline = core.pipelines.find((candidate) => candidate.name === name);
  if (!pipeline) {
    throw new DomainError('UNKNOWN_PIPELINE', `There is no pipeline named ${name}`, { details: { pipeline: name } });
  }
  return pipeline;
}
