import type { ErrorRecord } from '../errors.ts';
import type { ObjectStoreOptions } from '../objects/open-store.ts';
import type { ArtifactRef, Json, StageResult } from './stage.ts';
import type { StageInputs } from './stage-inputs.ts';

/** A stage to be run, as the compute process receives it. */
export interface StageTask {
  readonly pipeline: string;
  readonly stage: string;
  readonly params: Readonly<Record<string, Json>>;
  readonly seed: number;
  readonly inputs: StageInputs;
  readonly scratch: string;
  readonly threads: number;
  readonly memoryBytes: number;
}

export interface StageOutcome {
  readonly result: StageResult;
  readonly outputs: readonly ArtifactRef[];
}

/** Runner to compute process. */
export type ToCompute =
  | {
      readonly type: 'init';
      readonly stagesModule: string;
      readonly objects: ObjectStoreOptions;
      readonly niceness: number;
    }
  | { readonly type: 'run'; readonly task: StageTask }
  | { readonly type: 'abort'; readonly reason: string };

/** Compute process to runner. `rss` is the resident memory in bytes after the stage. */
export type FromCompute =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly done: number; readonly message: string | undefined }
  | { readonly type: 'metric'; readonly key: string; readonly value: number; readonly step: number }
  | {
      readonly type: 'log';
      readonly level: 'info' | 'warning';
      readonly message: string;
      readonly fields: { readonly [key: string]: Json };
    }
  | { readonly type: 'done'; readonly outcome: StageOutcome; readonly rss: number }
  | { readonly type: 'failed'; readonly error: ErrorRecord; readonly rss: number };
