import { DatasetVersionRef } from '../datasets/dataset.graphql.ts';
import { ExperimentRunRef } from '../experiments/experiment-run.graphql.ts';
import { builder } from '../graphql/builder.ts';
import { DvcRevision } from './dvc-revision.entity.ts';

const DvcRevisionRef = builder.objectRef<DvcRevision>('DvcRevision').implement({
  description: "A processed version in the service's DVC repository.",
  fields: (t) => ({
    tag: t.exposeString('tag', { description: 'The git tag that `dvc pull` and `dvc metrics diff` are given.' }),
    commit: t.string({ description: 'The commit that has its dvc.lock.', resolve: ({ commit }) => commit ?? '' }),
    dvcHash: t.string({
      description: "md5 of the version's manifest, as dvc.lock has it.",
      resolve: ({ dvcHash }) => dvcHash ?? '',
    }),
    writtenAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ writtenAt }) => writtenAt ?? null }),
  }),
});

const description = 'Null until it is written, a moment after the job has ended.';

builder.objectField(DatasetVersionRef, 'dvcRevision', (t) =>
  t.field({
    type: DvcRevisionRef,
    nullable: true,
    description: `Of the job that processed it last. ${description}`,
    resolve: (version, _args, { core }) =>
      core.database
        .fork()
        .findOne(DvcRevision, { datasetVersion: version.id, commit: { $ne: null } }, { orderBy: { id: 'desc' } }),
  }),
);

builder.objectField(ExperimentRunRef, 'dvcRevision', (t) =>
  t.field({
    type: DvcRevisionRef,
    nullable: true,
    description: `Of the job that trained. ${description}`,
    resolve: (run, _args, { core }) =>
      core.database.fork().findOne(DvcRevision, { job: run.job.id, commit: { $ne: null } }),
  }),
);
