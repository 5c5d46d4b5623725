import { Artifact } from '../artifacts/artifact.entity.ts';
import { ArtifactRef } from '../artifacts/artifact.graphql.ts';
import { DatasetRef, DatasetVersionRef } from '../datasets/dataset.graphql.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { builder } from '../graphql/builder.ts';
import { among, connectionOf, PageOrder } from '../graphql/connection.ts';
import { entityById, requiredById, uuidOf } from '../graphql/entities.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../graphql/expected-errors.ts';
import { ErrorRecordRef, NamedText, texts } from '../graphql/key-values.ts';
import { paramsObject } from '../graphql/params-object.ts';
import { JOB_STATUSES, Job } from './job.entity.ts';
import { cancelJob, continueJob, getJob, listStageRuns, rerunJob, retryJob } from './job.operations.ts';
import { jobFilter } from './job-filter.ts';
import { jobOrder } from './job-order.ts';
import { STAGE_RUN_STATUSES, StageRun } from './stage-run.entity.ts';

export const JobRef = builder.objectRef<Job>('Job');
export const StageRunRef = builder.objectRef<StageRun>('StageRun');

const JobStatus = builder.enumType('JobStatus', { values: JOB_STATUSES });
const StageRunStatus = builder.enumType('StageRunStatus', { values: STAGE_RUN_STATUSES });

builder.node(JobRef, {
  description: 'One run of a pipeline.',
  id: { resolve: (job) => job.id },
  isTypeOf: (value) => value instanceof Job,
  loadOne: (id, context) => entityById(context, Job, id),
  fields: (t) => ({
    uuid: t.string({ description: 'The id as logs and events write it.', resolve: (job) => job.id }),
    pipeline: t.exposeString('pipeline'),
    datasetVersion: t.field({
      type: DatasetVersionRef,
      nullable: true,
      resolve: (job, _args, context) =>
        job.datasetVersion ? entityById(context, DatasetVersion, job.datasetVersion.id) : null,
    }),
    status: t.field({ type: JobStatus, resolve: (job) => job.status }),
    outcome: t.exposeString('outcome', { nullable: true, description: 'What a completed job came to, in one word.' }),
    until: t.exposeString('until', { nullable: true, description: 'The stage after which it pauses.' }),
    progress: t.exposeFloat('progress', { description: 'Share done, 0 to 1.' }),
    message: t.exposeString('message'),
    etaSeconds: t.exposeFloat('etaSeconds', { nullable: true }),
    params: t.field({ type: [NamedText], resolve: (job) => texts(job.params) }),
    seed: t.exposeInt('seed'),
    idCard: t.exposeString('idCard', { nullable: true, description: 'One hash over data, parameters, seed and code.' }),
    attempt: t.exposeInt('attempt'),
    error: t.field({ type: ErrorRecordRef, nullable: true, resolve: (job) => job.error ?? null }),
    createdAt: t.field({ type: 'DateTime', resolve: (job) => job.createdAt }),
    startedAt: t.field({ type: 'DateTime', nullable: true, resolve: (job) => job.startedAt ?? null }),
    finishedAt: t.field({ type: 'DateTime', nullable: true, resolve: (job) => job.finishedAt ?? null }),
    stages: t.field({ type: [StageRunRef], resolve: (job, _args, { core }) => listStageRuns(core, job.id) }),
  }),
});

builder.node(StageRunRef, {
  description: 'One stage of a job.',
  id: { resolve: (run) => run.id },
  isTypeOf: (value) => value instanceof StageRun,
  loadOne: (id, context) => entityById(context, StageRun, id),
  fields: (t) => ({
    name: t.exposeString('name'),
    ordinal: t.exposeInt('ordinal'),
    status: t.field({ type: StageRunStatus, resolve: (run) => run.status }),
    key: t.exposeString('key', { nullable: true, description: 'Hash over name, code, inputs, parameters and seed.' }),
    progress: t.exposeFloat('progress'),
    message: t.exposeString('message'),
    etaSeconds: t.exposeFloat('etaSeconds', { nullable: true }),
    summary: t.field({
      type: 'Json',
      nullable: true,
      description: 'Small facts about the outcome; each stage has its own.',
      resolve: (run) => run.summary ?? null,
    }),
    artifacts: t.field({
      type: [ArtifactRef],
      resolve: (run, _args, { core }) =>
        core.database.fork().find(Artifact, { stageRun: run.id }, { orderBy: { name: 'asc' }, limit: 200 }),
    }),
    attempt: t.exposeInt('attempt'),
    error: t.field({ type: ErrorRecordRef, nullable: true, resolve: (run) => run.error ?? null }),
    startedAt: t.field({ type: 'DateTime', nullable: true, resolve: (run) => run.startedAt ?? null }),
    finishedAt: t.field({ type: 'DateTime', nullable: true, resolve: (run) => run.finishedAt ?? null }),
  }),
});

builder.queryFields((t) => ({
  job: t.field({
    type: JobRef,
    errors: { types: [NotFoundError] },
    args: { id: t.arg.globalID({ required: true, for: JobRef }) },
    resolve: (_root, { id }, { core }) => getJob(core, uuidOf(id)),
  }),
  jobs: t.connection({
    type: JobRef,
    args: {
      status: t.arg({ type: [JobStatus] }),
      pipeline: t.arg.string(),
      dataset: t.arg.globalID({ for: DatasetRef }),
      datasetVersion: t.arg.globalID({ for: DatasetVersionRef }),
      text: t.arg.string({
        description: 'Part of the name of the pipeline, the data set or its version, or how the uuid begins.',
      }),
      createdSince: t.arg({ type: 'DateTime' }),
      createdUntil: t.arg({ type: 'DateTime', description: 'Exclusive.' }),
      order: t.arg({ type: PageOrder, defaultValue: 'desc' }),
      orderBy: t.arg({
        type: jobOrder.Input,
        description: 'In place of `order`. A job that has not ended ends last, and has the shortest duration.',
      }),
    },
    resolve: async (_root, given, { core }) => {
      const { args, sort } = jobOrder.apply(given);
      const filter = await jobFilter(core, {
        ...args,
        dataset: args.dataset ? uuidOf(args.dataset) : undefined,
        datasetVersion: args.datasetVersion ? uuidOf(args.datasetVersion) : undefined,
      });
      return connectionOf(core, Job, args, filter, { sort });
    },
  }),
  stageRuns: t.connection({
    type: StageRunRef,
    args: {
      job: t.arg.globalID({ for: JobRef }),
      name: t.arg.string({ description: 'Of the stage.' }),
      status: t.arg({ type: [StageRunStatus] }),
      order: t.arg({ type: PageOrder, defaultValue: 'desc' }),
    },
    resolve: (_root, args, { core }) =>
      connectionOf(core, StageRun, args, {
        job: args.job ? uuidOf(args.job) : undefined,
        name: args.name ?? undefined,
        status: among(args.status),
      }),
  }),
}));

const expected = { types: [NotFoundError, ConflictError, InvalidInputError] };

builder.mutationFields((t) => ({
  cancelJob: t.field({
    type: JobRef,
    description: 'At once where it waits, within about a second where it runs. What its finished stages did stays.',
    errors: expected,
    args: { id: t.arg.globalID({ required: true, for: JobRef }) },
    resolve: (_root, { id }, { core }) => cancelJob(core, uuidOf(id)),
  }),
  continueJob: t.field({
    type: JobRef,
    description: 'Lets a paused job go on: to its end, or until a stage is done.',
    errors: expected,
    args: { id: t.arg.globalID({ required: true, for: JobRef }), until: t.arg.string() },
    resolve: (_root, { id, until }, { core }) => continueJob(core, uuidOf(id), until ?? undefined),
  }),
  retryJob: t.field({
    type: JobRef,
    description: 'Runs a failed or cancelled job again, from its last finished stage.',
    errors: expected,
    args: { id: t.arg.globalID({ required: true, for: JobRef }) },
    resolve: (_root, { id }, { core }) => retryJob(core, uuidOf(id)),
  }),
  rerunJob: t.field({
    type: JobRef,
    description: 'A new job on the same data; stages that neither change touches are reused.',
    errors: expected,
    args: {
      id: t.arg.globalID({ required: true, for: JobRef }),
      params: t.arg({ type: 'Json', description: 'Parameters to replace, by name.' }),
      seed: t.arg.int(),
    },
    resolve: (_root, { id, params, seed }, { core }) =>
      rerunJob(core, uuidOf(id), {
        ...(params == null ? {} : { params: paramsObject(params) }),
        ...(seed == null ? {} : { seed }),
      }),
  }),
}));

const StageProgress = builder.simpleObject('StageProgress', {
  fields: (t) => ({
    jobUuid: t.string(),
    stage: t.string(),
    status: t.field({ type: StageRunStatus }),
    progress: t.float(),
    message: t.string(),
    etaSeconds: t.float({ nullable: true }),
  }),
});

builder.subscriptionFields((t) => ({
  jobUpdated: t.field({
    type: JobRef,
    args: { id: t.arg.globalID({ for: JobRef, description: 'Only this job.' }) },
    subscribe: (_root, { id }, { core }) =>
      core.events.stream('jobUpdated', id ? { filter: (event) => event.jobId === id.id } : {}),
    resolve: (event, _args, context) => requiredById(context, Job, event.jobId),
  }),
  stageProgress: t.field({
    type: StageProgress,
    args: { job: t.arg.globalID({ for: JobRef, description: 'Only of this job.' }) },
    subscribe: (_root, { job }, { core }) =>
      core.events.stream('stageProgress', job ? { filter: (event) => event.jobId === job.id } : {}),
    resolve: ({ jobId, ...event }) => ({ jobUuid: jobId, ...event }),
  }),
}));
