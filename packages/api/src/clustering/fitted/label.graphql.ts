import { ArtifactRef } from '../../artifacts/artifact.graphql.ts';
import { DatasetRef } from '../../datasets/dataset.graphql.ts';
import { builder } from '../../graphql/builder.ts';
import { uuidOf } from '../../graphql/entities.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../graphql/expected-errors.ts';
import { JobRef } from '../../jobs/job.graphql.ts';
import { clusteringFile } from '../clustering.operations.ts';
import { type GivenLabels, labelDataset, labellingJob, labelRows } from './label.operations.ts';
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
