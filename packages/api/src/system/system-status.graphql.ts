import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../errors.ts';
import { builder } from '../graphql/builder.ts';
import { entityById } from '../graphql/entities.ts';
import { ReadinessRef } from '../health/readiness.graphql.ts';
import { Job } from '../jobs/job.entity.ts';
import { JobRef } from '../jobs/job.graphql.ts';
import { type Latency, WINDOW_SECONDS } from './latency-window.ts';
import { packageVersion } from './package-version.ts';
import { SILENT_AFTER_MS } from './process-registry.ts';
import type { QueueDepth } from './queue-depth.ts';
import type { ServiceProcess } from './service-process.entity.ts';
import type { SystemStatus } from './system-status.ts';

const ProcessRole = builder.enumType('ProcessRole', { values: ['all', 'api', 'worker'] as const });

const ProcessRef = builder.objectRef<ServiceProcess>('ServiceProcess').implement({
  description: 'A process of the service: one that serves, takes jobs, or does both.',
  fields: (t) => ({
    id: t.exposeID('id'),
    role: t.field({ type: ProcessRole, resolve: ({ role }) => role }),
    takesJobs: t.boolean({ resolve: ({ role }) => role !== 'api' }),
    host: t.exposeString('host'),
    pid: t.exposeInt('pid'),
    commit: t.exposeString('commit', { nullable: true, description: 'Of its code; null where nobody knows.' }),
    startedAt: t.field({ type: 'DateTime', resolve: ({ startedAt }) => startedAt }),
    seenAt: t.field({ type: 'DateTime', description: 'Its last sign of life.', resolve: ({ seenAt }) => seenAt }),
    alive: t.boolean({
      description: `It gave a sign of life within ${SILENT_AFTER_MS / 1000} seconds.`,
      resolve: ({ seenAt }) => Date.now() - seenAt.getTime() < SILENT_AFTER_MS,
    }),
    memoryBytes: t.field({ type: 'SafeInt', resolve: ({ memoryBytes }) => memoryBytes }),
    jobs: t.field({
      type: [JobRef],
      description: 'Those that it runs.',
      resolve: async ({ jobs }, _args, context) => {
        const found = await Promise.all(jobs.map((id) => entityById(context, Job, id)));
        return found.filter((job) => job !== null);
      },
    }),
  }),
});

const QueueRef = builder.objectRef<QueueDepth>('JobQueueDepth').implement({
  description: 'Jobs of the whole service, by state.',
  fields: (t) => ({
    pending: t.exposeInt('pending'),
    running: t.exposeInt('running'),
    paused: t.exposeInt('paused'),
    waitingSince: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the job that waits longest was created.',
      resolve: ({ waitingSince }) => waitingSince,
    }),
    completed: t.exposeInt('completed', { description: 'In the last hour, as the two below.' }),
    failed: t.exposeInt('failed'),
    cancelled: t.exposeInt('cancelled'),
  }),
});

const LatencyRef = builder.objectRef<Latency & { readonly route?: string }>('Latency').implement({
  description: `Requests of the last ${WINDOW_SECONDS} seconds to the process that answers, and their times in milliseconds.`,
  fields: (t) => ({
    route: t.string({ nullable: true, description: 'Null for all of them.', resolve: ({ route }) => route ?? null }),
    requests: t.exposeInt('requests'),
    refused: t.exposeInt('refused'),
    perSecond: t.exposeFloat('perSecond'),
    p50: t.exposeFloat('p50', { nullable: true, description: 'Quantiles are right within 4 %.' }),
    p95: t.exposeFloat('p95', { nullable: true }),
    p99: t.exposeFloat('p99', { nullable: true }),
  }),
});

const MemoryRef = builder.simpleObject('MemoryUse', {
  description: 'In bytes.',
  fields: (t) => ({
    rss: t.field({ type: 'SafeInt' }),
    heapUsed: t.field({ type: 'SafeInt' }),
    heapTotal: t.field({ type: 'SafeInt' }),
    machineFree: t.field({ type: 'SafeInt' }),
    machineTotal: t.field({ type: 'SafeInt' }),
  }),
});

const DependencyRef = builder.simpleObject('DependencyStatus', {
  description: 'Something outside the process that it is configured to use.',
  fields: (t) => ({
    name: t.string({ description: 'postgres, redis, s3, mlflow or disk.' }),
    up: t.boolean(),
    outages: t.int({ description: 'How often it went away since the process started.' }),
  }),
});

const StatusRef = builder.objectRef<SystemStatus>('SystemStatus').implement({
  description: 'How the service is: the process that answers, and the queue and the processes of the whole service.',
  fields: (t) => ({
    at: t.field({ type: 'DateTime', resolve: () => new Date() }),
    version: t.string({ resolve: () => packageVersion() }),
    commit: t.string({ nullable: true, resolve: ({ core }) => core.commit ?? null }),
    host: t.exposeString('host'),
    startedAt: t.field({ type: 'DateTime', resolve: ({ startedAt }) => startedAt }),
    uptimeSeconds: t.float({ resolve: ({ startedAt }) => (Date.now() - startedAt.getTime()) / 1000 }),
    memory: t.field({ type: MemoryRef, resolve: ({ memory }) => memory }),
    queue: t.field({ type: QueueRef, resolve: (status) => status.queue() }),
    processes: t.field({ type: [ProcessRef], resolve: (status) => status.processes() }),
    latency: t.field({ type: LatencyRef, resolve: ({ requests }) => requests.latency }),
    routes: t.field({
      type: [LatencyRef],
      description: 'By route, those that were asked for most first.',
      resolve: ({ requests }) => [...requests.routes],
    }),
    dependencies: t.field({ type: [DependencyRef], resolve: ({ dependencies }) => dependencies }),
    readiness: t.field({ type: ReadinessRef, resolve: (status) => status.readiness() }),
  }),
});

builder.queryField('systemStatus', (t) => t.field({ type: StatusRef, resolve: (_root, _args, { system }) => system }));

const LONGEST_SECONDS = 60;

builder.subscriptionField('systemStatusChanged', (t) =>
  t.field({
    type: StatusRef,
    description: 'The status at once, and again and again.',
    args: { everySeconds: t.arg.int({ required: true, defaultValue: 2, description: `1 to ${LONGEST_SECONDS}` }) },
    subscribe: (_root, { everySeconds }, { system }) => {
      if (everySeconds < 1 || everySeconds > LONGEST_SECONDS) {
        throw new DomainError('INVALID_INPUT', `everySeconds must be 1 to ${LONGEST_SECONDS}`, {
          details: { field: 'everySeconds' },
        });
      }
      return every(everySeconds * 1000, system);
    },
    resolve: (system) => system,
  }),
);

async function* every<T>(milliseconds: number, value: T): AsyncGenerator<T> {
  for (;;) {
    yield value;
    await sleep(milliseconds, undefined, { ref: false });
  }
}
