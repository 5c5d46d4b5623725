import type { DatasetVersionStatus } from '../datasets/dataset-version.entity.ts';
import type { DriftAction } from '../drift/drift-report.entity.ts';
import type { JobStatus } from '../jobs/job.entity.ts';
import type { LogLevel } from '../jobs/log/log-line.entity.ts';
import type { StageRunStatus } from '../jobs/stage-run.entity.ts';
import type { Json } from '../pipelines/stage.ts';

/**
 * THE MAP of events. Payloads are plain JSON and small, so that a broker between processes can carry them; a reader that
 * needs more loads the entity by its id. Events are sent after the transaction that they tell of, and may be lost in a
 * crash: what must not be lost is in the database.
 */
export type EventMap = {
  jobUpdated: {
    jobId: string;
    status: JobStatus;
    outcome: string | null;
    progress: number;
    message: string;
    etaSeconds: number | null;
    datasetVersionId: string | null;
  };
  stageProgress: {
    jobId: string;
    stageRunId: string;
    stage: string;
    status: StageRunStatus;
    progress: number;
    message: string;
    etaSeconds: number | null;
  };
  /** A line of a job that is in the database now. */
  jobLogged: {
    id: string;
    jobId: string;
    stage: string | null;
    level: LogLevel;
    message: string;
    fields: { readonly [key: string]: Json };
    at: string;
  };
  metricLogged: { jobId: string; stage: string; key: string; value: number; step: number };
  modelPromoted: {
    promotionId: string;
    model: string;
    alias: string;
    modelVersionId: string;
    version: string;
    previousVersionId: string | null;
    reason: string;
  };
  driftReported: {
    driftReportId: string;
    datasetVersionId: string;
    driftDetected: boolean;
    driftScore: number;
    actionTaken: DriftAction;
  };
  versionUpdated: { datasetVersionId: string; datasetId: string; name: string; status: DatasetVersionStatus };
  /** An uploaded file is being read: share done, 0..1. `upload` is the sender's own name for the upload. */
  tableProgress: { upload: string; done: number; message: string };
  deploymentChanged: { deploymentId: number; datasetVersionId: string; modelVersionId: string | null };
};

export type EventName = keyof EventMap;

/** An event as data: what operations and `record` hand back, to be published after the commit. */
export type DomainEvent = { [Name in EventName]: { name: Name; payload: EventMap[Name] } }[EventName];

export interface EventBus {
  /** Whether other processes hear of events: never, now, or not for the moment. */
  readonly state: 'alone' | 'connected' | 'lost';
  publish(event: DomainEvent): void;
  /** To listeners of this process alone: news that others find by themselves. */
  tell(event: DomainEvent): void;
  /** @returns the call that ends the subscription. */
  subscribe<Name extends EventName>(name: Name, listener: (payload: EventMap[Name]) => void): () => void;
  /**
   * The events from now on, until the signal is aborted or the reader stops.
   *
   * @param options.filter events that it refuses are not queued.
   */
  stream<Name extends EventName>(
    name: Name,
    options?: { signal?: AbortSignal; filter?: (payload: EventMap[Name]) => boolean },
  ): AsyncIterableIterator<EventMap[Name]>;
  stop(): Promise<void>;
}

export function event<Name extends EventName>(name: Name, payload: EventMap[Name]): DomainEvent {
  return { name, payload } as DomainEvent;
}
