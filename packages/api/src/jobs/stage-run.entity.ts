import { defineEntity, p } from '@mikro-orm/core';
import { newId } from '../db/ids.ts';
import type { ErrorRecord } from '../errors.ts';
import type { ArtifactRef, Json } from '../pipelines/stage.ts';
import { Job } from './job.entity.ts';

/** `reused`: the same inputs, code, parameters and seed were already worked out, by this job or another. */
export const STAGE_RUN_STATUSES = ['pending', 'running', 'completed', 'reused', 'skipped', 'failed'] as const;
export type StageRunStatus = (typeof STAGE_RUN_STATUSES)[number];

/** Names and hashes of what a stage read. The batches of a bundle are named by their manifest. */
export interface InputNames {
  readonly artifacts: readonly ArtifactRef[];
  readonly bundles: readonly { readonly prefix: string; readonly manifest: ArtifactRef }[];
  /** `summary.<stage>` */
  readonly summaries: readonly string[];
}

const schema = defineEntity({
  name: 'StageRun',
  uniques: [{ properties: ['job', 'name'] }],
  indexes: [{ properties: ['key', 'status'] }, { properties: ['name', 'finishedAt'] }],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    job: () => p.manyToOne(Job).ref(),
    name: p.text(),
    /** Position in the pipeline, from 0. */
    ordinal: p.integer(),
    status: p.enum(STAGE_RUN_STATUSES).default('pending'),
    /** Content hash over name, code version, inputs, parameters and seed; null until its inputs are known. */
    key: p.text().nullable(),
    progress: p.double().$type<number>().default(0),
    message: p.text().default(''),
    etaSeconds: p.double().$type<number>().nullable(),
    summary: p.json<{ [key: string]: Json }>().nullable(),
    /** What it read; null before it has finished, and of old. */
    inputs: p.json<InputNames>().nullable(),
    /** The stage's, of the code that ran. */
    codeVersion: p.integer().nullable(),
    outputs: p.json<ArtifactRef[]>().onCreate(() => []),
    /** The stage ended the pipeline here. */
    stop: p.boolean().default(false),
    /** Stages that its outcome made unnecessary. */
    skips: p.json<string[]>().onCreate(() => []),
    attempt: p.integer().default(0),
    error: p.json<ErrorRecord>().nullable(),
    startedAt: p.datetime(3).nullable(),
    finishedAt: p.datetime(3).nullable(),
  },
});

export class StageRun extends schema.class {}
schema.setClass(StageRun);
