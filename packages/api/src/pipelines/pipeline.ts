import type { z } from 'zod';
import type { Em } from '../db/orm.ts';
import type { DomainEvent } from '../events/events.ts';
import type { Job } from '../jobs/job.entity.ts';
import type { StageRun } from '../jobs/stage-run.entity.ts';
import type { ArtifactRef, Json, Stage, StageResult } from './stage.ts';

/** Thousands of artifacts under one prefix, listed by a manifest and known to keys and lineage by its hash alone. */
export interface Bundle {
  /** `batch.` */
  readonly prefix: string;
  readonly manifest: ArtifactRef;
}

/** What a job starts from. */
export interface Sources {
  readonly artifacts: readonly ArtifactRef[];
  readonly bundles?: readonly Bundle[];
}

export interface MetricPoint {
  readonly key: string;
  readonly value: number;
  readonly step: number;
}

/** A finished stage, as its `record` sees it. */
export interface StageRecord {
  readonly job: Job;
  readonly stageRun: StageRun;
  readonly result: StageResult;
  /** Metrics of this stage, and of the stages before it. */
  readonly metrics: readonly MetricPoint[];
  readonly jobMetrics: readonly MetricPoint[];
  /** Commit of the code that ran, with `-dirty` where files were changed since; undefined where nobody knows. */
  readonly commit: string | undefined;
  /** A source or an output so far. */
  find(name: string): ArtifactRef | undefined;
  /** @throws DomainError ARTIFACT_MISSING */
  artifact(name: string): ArtifactRef;
  /** Bytes of a (small) artifact, parsed. Read before the transaction only if it is small: the database waits meanwhile. */
  json(name: string): Promise<Json>;
  /** Summary of a stage that has finished. */
  summary(stage: string): { readonly [key: string]: Json } | undefined;
}

/** What follows once the transaction is committed. May be lost in a crash between the two: the database is the truth. */
export interface RecordEffect {
  readonly events?: readonly DomainEvent[];
  readonly afterCommit?: () => void | Promise<void>;
}

/**
 * Database effects of a finished stage, in the transaction that marks its StageRun finished: they happen exactly once per
 * job, also when the stage was reused. Use `tx` only; on PGlite any other entity manager would wait for ever.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: most records have nothing to say afterwards.
export type StageEffect = (tx: Em, record: StageRecord) => Promise<RecordEffect | void>;

export interface JobEnd {
  readonly job: Job;
  readonly status: 'completed' | 'failed' | 'cancelled';
  summary(stage: string): { readonly [key: string]: Json } | undefined;
}

/** Files for people and for DVC's metrics and plots, made of what a job has left. */
export interface Reports {
  /** Artifacts and summaries that they are made of, each only if it is there. */
  readonly inputs: readonly string[];
  /** Files by name. `metrics.json` is read as metrics. */
  files(read: (name: string) => Promise<Buffer | undefined>): Promise<ReadonlyMap<string, string | Buffer>>;
  /** As in dvc.yaml; a plot of a file that is not there is left out. */
  readonly plots: readonly {
    readonly title: string;
    readonly file: string;
    readonly plot: { readonly [key: string]: Json };
  }[];
}

export interface Pipeline {
  readonly name: string;
  /** In the order in which they run. */
  readonly stages: readonly Stage[];
  /** Checks a job's parameters and fills in the defaults, before the job is created. */
  readonly params: z.ZodType<Record<string, Json>>;
  /** External inputs. Asked when the job starts, after the jobs of its group that came before it. */
  sources(em: Em, job: Job): Promise<Sources>;
  readonly record: Readonly<Record<string, StageEffect>>;
  /** Database effects of the job's end, in the transaction that ends it. */
  // biome-ignore lint/suspicious/noConfusingVoidType: as above.
  readonly end?: (tx: Em, end: JobEnd) => Promise<RecordEffect | void>;
  /** One word for what a completed job came to. */
  readonly outcome?: (summary: (stage: string) => { readonly [key: string]: Json } | undefined) => string | undefined;
  /** A stage that takes longer is killed and fails with TIMEOUT. */
  readonly stageTimeoutSeconds: number;
}

/**
 * Checks that a pipeline is whole: refusing at start is better than failing in the middle of a job.
 *
 * @param definition.stageTimeoutSeconds half an hour unless given: several times what the largest known data needs.
 */
export function definePipeline(
  definition: Omit<Pipeline, 'record' | 'stageTimeoutSeconds'> &
    Partial<Pick<Pipeline, 'record' | 'stageTimeoutSeconds'>>,
): Pipeline {
  const names = definition.stages.map((stage) => stage.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Pipeline ${definition.name} has two stages named ${twice}`);
  const unknown = Object.keys(definition.record ?? {}).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`Pipeline ${definition.name} records ${unknown}, which is none of its stages`);
  for (const [place, { name, after = [] }] of definition.stages.entries()) {
    const later = after.find((other) => !names.slice(0, place).includes(other));
    if (later !== undefined)
      throw new Error(`Stage ${name} of pipeline ${definition.name} waits for ${later}, which is not before it`);
  }
  return { record: {}, stageTimeoutSeconds: 1800, ...definition };
}
