import type { Json } from '../pipelines/stage.ts';

/** An object that the revision has as a file. */
export interface PlannedFile {
  /** Within the repository. */
  readonly path: string;
  readonly key: string;
}

export interface PlannedStage {
  readonly name: string;
  readonly codeVersion: number;
  /** Parameters that change its result. */
  readonly params: readonly string[];
  readonly deps: readonly string[];
  readonly outs: readonly string[];
  readonly summary: Json;
}

/** All that a revision is made of: plain data, so that another process can write it. */
export interface RevisionPlan {
  readonly jobId: string;
  readonly pipeline: string;
  readonly version: string;
  readonly tag: string;
  readonly finishedAt: number;
  readonly seed: number;
  readonly params: { readonly [name: string]: Json };
  /** What the commit's message says besides. */
  readonly facts: { readonly [name: string]: string };
  /** Where the batches lie, if the pipeline takes some: one folder. */
  readonly manifest: PlannedFile;
  /** Files that the job started from, without manifest and batches. */
  readonly sources: readonly PlannedFile[];
  readonly outputs: readonly PlannedFile[];
  readonly stages: readonly PlannedStage[];
  /** The revisions before, oldest first. */
  readonly history: readonly { readonly tag: string; readonly commit: string; readonly metrics: Json }[];
}

/** Places within the repository. */
export const RUN = 'run';
export const DATA = 'data';
export const BATCHES = `${DATA}/batches`;
export const REPORTS = 'reports';
