import { z } from 'zod';
import type { SortKey } from '../db/sort-key.ts';
import { listOrder } from '../graphql/list-order.ts';
import type { Job } from './job.entity.ts';

/** A job that has not ended counts as one that ends last. */
const endedAt: SortKey<Job> = {
  name: 'endedAt',
  column: (alias) => `coalesce(${alias}.finished_at, 'infinity'::timestamptz)`,
  bound: '?::timestamptz',
  value: (job) => job.finishedAt?.toISOString() ?? 'infinity',
  text: z.union([z.literal('infinity'), z.iso.datetime()]),
};

/** Milliseconds from start to end; -1 of a job that has not ended, or never began. */
const duration: SortKey<Job> = {
  name: 'duration',
  column: (alias) =>
    `coalesce((extract(epoch from (${alias}.finished_at - ${alias}.started_at)) * 1000)::bigint, -1::bigint)`,
  bound: '?::bigint',
  value: ({ startedAt, finishedAt }) =>
    startedAt && finishedAt ? String(finishedAt.getTime() - startedAt.getTime()) : '-1',
  text: z.string().regex(/^-?\d{1,15}$/),
};

const status: SortKey<Job> = {
  name: 'status',
  column: (alias) => `${alias}.status`,
  bound: '?',
  value: (job) => job.status,
  text: z.string().max(20),
};

export const jobOrder = listOrder<
  Job,
  { createdAt: null; endedAt: SortKey<Job>; duration: SortKey<Job>; status: SortKey<Job> }
>('Job', { createdAt: null, endedAt, duration, status });
