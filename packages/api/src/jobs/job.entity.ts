import { defineEntity, p, quote } from '@mikro-orm/core';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { newId } from '../db/ids.ts';
import type { ErrorRecord } from '../errors.ts';
import type { Json } from '../pipelines/stage.ts';

/** `paused`: it has done the stages that it was asked for and waits to be told to go on. */
export const JOB_STATUSES = ['pending', 'running', 'paused', 'completed', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

const schema = defineEntity({
  name: 'Job',
  indexes: [
    { properties: ['status', 'id'] },
    { properties: ['pipeline', 'id'] },
    // What lists are sorted by: see job-order.ts.
    {
      name: 'job_ended_index',
      expression: (columns, table, name) =>
        quote`create index ${name} on ${table} ((coalesce(${columns.finishedAt}, 'infinity'::timestamptz)), ${columns.id})`,
    },
    {
      name: 'job_duration_index',
      expression: (columns, table, name) =>
        quote`create index ${name} on ${table} ((coalesce((extract(epoch from (${columns.finishedAt} - ${columns.startedAt})) * 1000)::bigint, -1::bigint)), ${columns.id})`,
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    pipeline: p.text(),
    datasetVersion: () => p.manyToOne(DatasetVersion).ref().nullable().index(),
    /** Jobs that share a group run one after another, in the order of their ids. */
    group: p.text().fieldName('job_group').nullable(),
    status: p.enum(JOB_STATUSES).default('pending'),
    /** Name of the stage after which it pauses; null where it runs to its end. */
    until: p.text().fieldName('pause_after').nullable(),
    /** What a completed job came to, in the pipeline's own word: `trained`, `unchanged`, `invalid`. */
    outcome: p.text().nullable(),
    /** Share done, 0..1. */
    progress: p.double().$type<number>().default(0),
    message: p.text().default(''),
    etaSeconds: p.double().$type<number>().nullable(),
    params: p.json<Record<string, Json>>().onCreate(() => ({})),
    seed: p.integer().default(42),
    /** One hash over data, parameters, seed and code: equal cards, equal results. */
    idCard: p.text().nullable(),
    /** How many times a worker has started it. */
    attempt: p.integer().default(0),
    /** Fencing token: raised by each worker that takes the job; a write that carries an older one is refused. */
    leaseToken: p.integer().default(0),
    leaseExpiresAt: p.datetime(3).nullable(),
    error: p.json<ErrorRecord>().nullable(),
    /** W3C's `traceparent` of the request that made it; null where that was not traced. */
    traceparent: p.text().nullable(),
    cancelRequested: p.boolean().default(false),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    startedAt: p.datetime(3).nullable(),
    finishedAt: p.datetime(3).nullable(),
    /** Nobody sees it any more; its files are gone, its row stays for the lineage. */
    deletedAt: p.datetime(3).nullable(),
  },
});

export class Job extends schema.class {}
schema.setClass(Job);
