import { DatasetVersionRef } from '../datasets/dataset.graphql.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { builder } from '../graphql/builder.ts';
import { among, connectionOf, PageOrder } from '../graphql/connection.ts';
import { runIdCursor } from '../graphql/cursor.ts';
import { requiredById, uuidOf } from '../graphql/entities.ts';
import { NamedNumber, NamedText, numbers, texts } from '../graphql/key-values.ts';
import { Job } from '../jobs/job.entity.ts';
import { JobRef } from '../jobs/job.graphql.ts';
import { EXPERIMENT_RUN_STATUSES, ExperimentRun } from './experiment-run.entity.ts';

export const ExperimentRunRef = builder.objectRef<ExperimentRun>('ExperimentRun');
const RunStatus = builder.enumType('ExperimentRunStatus', { values: EXPERIMENT_RUN_STATUSES });

builder.node(ExperimentRunRef, {
  description: "One training, in MLflow's terms.",
  id: { resolve: (run) => run.id },
  isTypeOf: (value) => value instanceof ExperimentRun,
  loadOne: async (id, { core }) => {
    if (!/^[0-9a-f]{32}$/.test(id)) return null;
    return core.database.fork().findOne(ExperimentRun, { id });
  },
  fields: (t) => ({
    runId: t.string({
      description: "MLflow's, once it is told of the run; our own until then, and without MLflow.",
      resolve: (run) => run.mlflowRunId ?? run.id,
    }),
    experiment: t.exposeString('experiment'),
    job: t.field({ type: JobRef, resolve: (run, _args, context) => requiredById(context, Job, run.job.id) }),
    datasetVersion: t.field({
      type: DatasetVersionRef,
      resolve: (run, _args, context) => requiredById(context, DatasetVersion, run.datasetVersion.id),
    }),
    modelVersion: t.exposeString('modelVersion', { nullable: true, description: 'Null where it was not published.' }),
    status: t.field({ type: RunStatus, resolve: (run) => run.status }),
    params: t.field({ type: [NamedText], resolve: (run) => texts(run.params) }),
    metrics: t.field({ type: [NamedNumber], resolve: (run) => numbers(run.metrics) }),
    tags: t.field({ type: [NamedText], resolve: (run) => texts(run.tags) }),
    startedAt: t.field({ type: 'DateTime', resolve: (run) => run.startedAt }),
    endedAt: t.field({ type: 'DateTime', nullable: true, resolve: (run) => run.endedAt ?? null }),
  }),
});

builder.queryField('experimentRuns', (t) =>
  t.connection({
    type: ExperimentRunRef,
    args: {
      experiment: t.arg.string(),
      datasetVersion: t.arg.globalID({ for: DatasetVersionRef }),
      status: t.arg({ type: [RunStatus] }),
      published: t.arg.boolean({ description: 'Only those that became a model version, or only the others.' }),
      order: t.arg({ type: PageOrder, defaultValue: 'asc' }),
    },
    resolve: (_root, args, { core }) => {
      const filter = {
        experiment: args.experiment ?? undefined,
        datasetVersion: args.datasetVersion ? uuidOf(args.datasetVersion) : undefined,
        status: among(args.status),
        modelVersion: args.published == null ? undefined : args.published ? { $ne: null } : null,
      };
      return connectionOf(core, ExperimentRun, args, filter, { readId: runIdCursor });
    },
  }),
);
