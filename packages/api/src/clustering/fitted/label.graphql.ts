import { ArtifactRef } from '../../artifacts/artifact.graphql.ts';
import { DatasetRef } from '../../datasets/dataset.graphql.ts';
import { builder } from '../../graphql/builder.ts';
import { uuidOf } from '../../graphql/entities.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../graphql/expected-errors.ts';
import { JobRef } from '../../jobs/job.graphql.ts';
import { ColumnTypeEnum } from '../../uploads/upload.graphql.ts';
import { clusteringFile } from '../clustering.operations.ts';
import type { MISFITS, Misfit } from './given-rows.ts';
import {
  type GivenLabels,
  type LabelCandidate,
  labelDataset,
  labellingJob,
  labelRows,
  listLabelCandidates,
  listLabellings,
} from './label.operations.ts';
import { LABELLING } from './labelling.pipeline.ts';

const LabelValue = builder.enumType('LabelValue', { values: ['distance', 'probability'] as const });

const ClusterLabel = builder.simpleObject('ClusterLabel', {
  fields: (t) => ({
    cluster: t.int({ description: '-1 for noise.' }),
    value: t.float({
      nullable: true,
      description: 'Distance or probability, as `valueKind` says; null where there is none.',
    }),
  }),
});

const ClusterLabelsRef = builder.objectRef<GivenLabels>('ClusterLabels').implement({
  description: 'Labels of rows that a clustering was not fitted on.',
  fields: (t) => ({
    rows: t.field({
      type: [ClusterLabel],
      description: 'In the order of the rows given.',
      resolve: ({ rows }) => [...rows],
    }),
    method: t.string({ resolve: ({ facts }) => facts.clustering }),
    rule: t.string({ description: 'How a row gets its label.', resolve: ({ facts }) => facts.placing.rule }),
    natural: t.boolean({
      description: 'The method itself is defined for new rows; otherwise the rule is a convention of this service.',
      resolve: ({ facts }) => facts.placing.natural,
    }),
    valueKind: t.field({ type: LabelValue, resolve: ({ facts }) => facts.placing.value }),
    ownShare: t.float({
      nullable: true,
      description: 'The share of fitted rows that get their own label when they are labelled as new ones.',
      resolve: ({ facts }) => facts.own?.share ?? null,
    }),
    ownRows: t.int({
      nullable: true,
      description: 'Fitted rows that were asked for `ownShare`.',
      resolve: ({ facts }) => facts.own?.rows ?? null,
    }),
  }),
});

const MisfitRef = builder.objectRef<Misfit>('ColumnMisfit').implement({
  fields: (t) => ({
    column: t.exposeString('column'),
    problem: t.field({
      type: builder.enumType('ColumnMisfitProblem', {
        values: {
          unknown: { value: 'unknown', description: 'The data set of the job has no such column.' },
          missing: { value: 'missing', description: 'The job used it, and the data set has no such column.' },
          type: { value: 'type', description: 'It is of another type.' },
        } satisfies Record<(typeof MISFITS)[number], object>,
      }),
      resolve: ({ problem }) => problem,
    }),
    wanted: t.field({ type: ColumnTypeEnum, nullable: true, resolve: ({ wanted }) => wanted }),
    found: t.field({ type: ColumnTypeEnum, nullable: true, resolve: ({ found }) => found }),
  }),
});

const CandidateRef = builder.objectRef<LabelCandidate>('LabelCandidate').implement({
  fields: (t) => ({
    dataset: t.field({ type: DatasetRef, resolve: ({ dataset }) => dataset }),
    rows: t.exposeInt('rows'),
    misfits: t.field({
      type: [MisfitRef],
      description: 'Why it cannot be labelled; none where it can.',
      resolve: ({ misfits }) => [...misfits],
    }),
  }),
});

const CandidatesRef = builder
  .objectRef<{ readonly candidates: readonly LabelCandidate[] }>('LabelCandidates')
  .implement({
    fields: (t) => ({ candidates: t.field({ type: [CandidateRef], resolve: ({ candidates }) => [...candidates] }) }),
  });

const wrong = { types: [NotFoundError, InvalidInputError] };

builder.queryFields((t) => ({
  clusterLabels: t.field({
    type: ClusterLabelsRef,
    description: 'Of up to 1000 rows, each an object of values by column; more are labelled as a data set.',
    errors: wrong,
    args: {
      job: t.arg.globalID({ required: true, for: JobRef }),
      rows: t.arg({ type: ['Json'], required: true }),
    },
    resolve: (_root, { job, rows }, { core }) => labelRows(core, uuidOf(job), rows),
  }),
  labellingJob: t.field({
    type: JobRef,
    errors: { types: [NotFoundError] },
    args: { id: t.arg.globalID({ required: true, for: JobRef }) },
    resolve: (_root, { id }, { core }) => labellingJob(core, uuidOf(id)),
  }),
  labellingJobs: t.field({
    type: [JobRef],
    description: 'Labellings of data sets by what a job has fitted, newest first, by place.',
    args: {
      job: t.arg.globalID({ required: true, for: JobRef }),
      limit: t.arg.int({ required: true, defaultValue: 20 }),
      offset: t.arg.int({ required: true, defaultValue: 0 }),
    },
    resolve: (_root, { job, ...page }, { core }) => listLabellings(core, uuidOf(job), page),
  }),
  labelCandidates: t.field({
    type: CandidatesRef,
    description:
      'Data sets, newest first, by place, each with what keeps it from being labelled by what a job has fitted.',
    errors: wrong,
    args: {
      job: t.arg.globalID({ required: true, for: JobRef }),
      limit: t.arg.int({ required: true, defaultValue: 100 }),
      offset: t.arg.int({ required: true, defaultValue: 0 }),
    },
    resolve: async (_root, { job, ...page }, { core }) => ({
      candidates: await listLabelCandidates(core, uuidOf(job), page),
    }),
  }),
  labellingFile: t.field({
    type: ArtifactRef,
    errors: { types: [NotFoundError] },
    args: { job: t.arg.globalID({ required: true, for: JobRef }), name: t.arg.string({ required: true }) },
    resolve: (_root, { job, name }, { core }) => clusteringFile(core, uuidOf(job), name, LABELLING),
  }),
}));

builder.mutationField('labelDataset', (t) =>
  t.field({
    type: JobRef,
    description: "Labels a data set by what a job has fitted; the new job's file `labelled.csv` has the result.",
    errors: { types: [NotFoundError, ConflictError, InvalidInputError] },
    args: {
      job: t.arg.globalID({ required: true, for: JobRef }),
      dataset: t.arg.globalID({ required: true, for: DatasetRef }),
    },
    resolve: (_root, { job, dataset }, { core }) => labelDataset(core, uuidOf(job), uuidOf(dataset)),
  }),
);
