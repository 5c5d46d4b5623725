import type { Core } from '../core.ts';
import { builder } from '../graphql/builder.ts';
import { type ConnectionArgs, connectionOf, PageOrder } from '../graphql/connection.ts';
import { serialCursor } from '../graphql/cursor.ts';
import { requiredById } from '../graphql/entities.ts';
import { Job } from '../jobs/job.entity.ts';
import { JobRef } from '../jobs/job.graphql.ts';
import { Metric } from './metric.entity.ts';

const MetricRef = builder.objectRef<Metric>('Metric').implement({
  description: 'One measured value of a job; `step` counts along a curve.',
  fields: (t) => ({
    job: t.field({ type: JobRef, resolve: (metric, _args, context) => requiredById(context, Job, metric.job.id) }),
    stage: t.exposeString('stage'),
    key: t.exposeString('key'),
    value: t.exposeFloat('value'),
    step: t.exposeInt('step'),
    recordedAt: t.field({ type: 'DateTime', resolve: (metric) => metric.recordedAt }),
  }),
});

builder.objectField(JobRef, 'metrics', (t) =>
  t.connection({
    type: MetricRef,
    args: { key: t.arg.string(), stage: t.arg.string(), order: t.arg({ type: PageOrder, defaultValue: 'asc' }) },
    resolve: (job, args, { core }) => findMetrics(core, { ...args, job: job.id }),
  }),
);

builder.queryField('metrics', (t) =>
  t.connection({
    type: MetricRef,
    description: 'Of all jobs, in the order in which they were measured: one key over time is a trend.',
    args: { key: t.arg.string(), stage: t.arg.string(), order: t.arg({ type: PageOrder, defaultValue: 'desc' }) },
    resolve: (_root, args, { core }) => findMetrics(core, args),
  }),
);

interface MetricArgs extends ConnectionArgs {
  readonly job?: string;
  readonly key?: string | null | undefined;
  readonly stage?: string | null | undefined;
}

function findMetrics(core: Core, args: MetricArgs) {
  const filter = { job: args.job, key: args.key ?? undefined, stage: args.stage ?? undefined };
  return connectionOf(core, Metric, args, filter, { readId: serialCursor });
}

const MetricLogged = builder.simpleObject('MetricLogged', {
  fields: (t) => ({ jobUuid: t.string(), stage: t.string(), key: t.string(), value: t.float(), step: t.int() }),
});

builder.subscriptionField('metricLogged', (t) =>
  t.field({
    type: MetricLogged,
    args: { job: t.arg.globalID({ for: JobRef, description: 'Only of this job.' }) },
    subscribe: (_root, { job }, { core }) =>
      core.events.stream('metricLogged', job ? { filter: (event) => event.jobId === job.id } : {}),
    resolve: ({ jobId, ...event }) => ({ jobUuid: jobId, ...event }),
  }),
);
