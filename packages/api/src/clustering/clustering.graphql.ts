import type { Artifact } from '../artifacts/artifact.entity.ts';
import { ArtifactRef } from '../artifacts/artifact.graphql.ts';
import { DatasetRef } from '../datasets/dataset.graphql.ts';
import { builder } from '../graphql/builder.ts';
import { uuidOf } from '../graphql/entities.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../graphql/expected-errors.ts';
import { paramsObject } from '../graphql/params-object.ts';
import { JobRef } from '../jobs/job.graphql.ts';
import {
  clusteringFile,
  clusteringJob,
  createClusteringJob,
  deleteClusteringJob,
  listClusteringJobs,
  runClusteringStage,
} from './clustering.operations.ts';
import { type ClusteringOutcome, clusteringOutcome } from './clustering-outcome.ts';
import { type ChoiceForm, clusteringForms, type MethodForm, type StageForm } from './method-forms.ts';
import {
  type RiskExplained,
  type RiskPage,
  type RiskRow,
  riskExplanation,
  riskPage,
  riskPicture,
} from './risk.operations.ts';

const RiskColorEnum = builder.enumType('RiskColor', { values: ['green', 'yellow', 'red'] as const });

const RiskRowRef = builder.objectRef<RiskRow>('RiskRow').implement({
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'Place of the row in the data set, from 0.' }),
    cluster: t.exposeInt('cluster', { description: '-1 for noise.' }),
    score: t.exposeFloat('score', { description: '0 to 1.' }),
    color: t.field({ type: RiskColorEnum, resolve: ({ color }) => color }),
    features: t.field({ type: 'Json', description: 'Scaled values by name.', resolve: ({ features }) => features }),
  }),
});

const RiskPageRef = builder.objectRef<RiskPage>('RiskPage').implement({
  fields: (t) => ({
    total: t.exposeInt('total'),
    rows: t.field({ type: [RiskRowRef], resolve: ({ rows }) => [...rows] }),
  }),
});

const Contribution = builder.simpleObject('RiskContribution', {
  fields: (t) => ({ feature: t.string(), value: t.float(), contribution: t.float() }),
});

const RiskExplanationRef = builder.objectRef<RiskExplained>('RiskExplanation').implement({
  description: 'SHAP values: base and contributions add up to the score.',
  fields: (t) => ({
    index: t.exposeInt('index'),
    base: t.exposeFloat('base'),
    score: t.exposeFloat('score'),
    contributions: t.field({ type: [Contribution], resolve: ({ contributions }) => [...contributions] }),
  }),
});

const RiskPictureRef = builder.objectRef<Buffer>('RiskPicture').implement({
  description: 'What the score of a row is made of, as a picture.',
  fields: (t) => ({ png: t.string({ description: 'In base64.', resolve: (bytes) => bytes.toString('base64') }) }),
});

const MethodFormRef = builder.objectRef<MethodForm>('MethodForm').implement({
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As requests write it.' }),
    title: t.exposeString('title'),
    schema: t.field({ type: 'Json', description: 'JSON Schema of its parameters.', resolve: ({ schema }) => schema }),
  }),
});

const ChoiceFormRef = builder.objectRef<ChoiceForm>('ChoiceForm').implement({
  description: "A field of a stage's schema that names a method.",
  fields: (t) => ({
    field: t.exposeString('field'),
    params: t.exposeString('params', { description: "The field that takes this method's own parameters." }),
    methods: t.field({ type: [MethodFormRef], resolve: ({ methods }) => [...methods] }),
  }),
});

const StageFormRef = builder.objectRef<StageForm>('StageForm').implement({
  description: 'What a stage may be asked for: all of it follows from the list of algorithms.',
  fields: (t) => ({
    stage: t.exposeString('stage'),
    methods: t.field({ type: [MethodFormRef], resolve: ({ methods }) => [...methods] }),
    schema: t.field({
      type: 'Json',
      nullable: true,
      description: 'JSON Schema of the stage, where it has one whatever the method.',
      resolve: ({ schema }) => schema ?? null,
    }),
    choices: t.field({ type: [ChoiceFormRef], resolve: ({ choices = [] }) => [...choices] }),
    beside: t.field({
      type: 'Json',
      nullable: true,
      description: 'JSON Schema of parameters of the job itself that belong to the stage.',
      resolve: ({ beside }) => beside ?? null,
    }),
  }),
});

builder.objectFields(ArtifactRef, (t) => ({
  objectKey: t.string({
    description: 'Where the object store keeps it.',
    resolve: (artifact: Artifact) => artifact.objectKey,
  }),
}));

const ClusteringOutcomeRef = builder.objectRef<ClusteringOutcome>('ClusteringOutcome').implement({
  description: 'What a clustering job came to; null of what its stages have not told yet.',
  fields: (t) => ({
    method: t.exposeString('method', { description: 'As requests write it.' }),
    clusters: t.exposeInt('clusters', { nullable: true }),
    noise: t.exposeInt('noise', { nullable: true, description: 'Rows in no cluster.' }),
    rows: t.exposeInt('rows', { nullable: true, description: 'Rows that were clustered.' }),
    silhouette: t.exposeFloat('silhouette', { nullable: true }),
  }),
});

builder.objectFields(JobRef, (t) => ({
  clustering: t.field({
    type: ClusteringOutcomeRef,
    nullable: true,
    description: 'Null for a job of another pipeline.',
    resolve: (job, _args, context) => clusteringOutcome(context, job),
  }),
  parameters: t.field({ type: 'Json', description: '`params` as one object.', resolve: (job) => job.params }),
}));

const missing = { types: [NotFoundError] };
const wrong = { types: [NotFoundError, InvalidInputError] };

builder.queryFields((t) => ({
  clusteringForms: t.field({ type: [StageFormRef], resolve: () => [...clusteringForms()] }),
  clusteringJob: t.field({
    type: JobRef,
    errors: missing,
    args: { id: t.arg.globalID({ required: true, for: JobRef }) },
    resolve: (_root, { id }, { core }) => clusteringJob(core, uuidOf(id)),
  }),
  clusteringJobs: t.field({
    type: [JobRef],
    description: 'Newest first, by place; `jobs(pipeline: "clustering")` pages them by cursor.',
    args: {
      limit: t.arg.int({ required: true, defaultValue: 100 }),
      offset: t.arg.int({ required: true, defaultValue: 0 }),
    },
    resolve: (_root, page, { core }) => listClusteringJobs(core, page),
  }),
  clusteringFile: t.field({
    type: ArtifactRef,
    errors: missing,
    args: { job: t.arg.globalID({ required: true, for: JobRef }), name: t.arg.string({ required: true }) },
    resolve: (_root, { job, name }, { core }) => clusteringFile(core, uuidOf(job), name),
  }),
  riskAnalysis: t.field({
    type: RiskPageRef,
    errors: wrong,
    args: {
      job: t.arg.globalID({ required: true, for: JobRef }),
      offset: t.arg.int({ required: true, defaultValue: 0 }),
      limit: t.arg.int({ required: true, defaultValue: 100 }),
      highestFirst: t.arg.boolean({ required: true, defaultValue: false }),
    },
    resolve: (_root, { job, ...page }, { core }) => riskPage(core, uuidOf(job), page),
  }),
  riskPicture: t.field({
    type: RiskPictureRef,
    errors: wrong,
    args: { job: t.arg.globalID({ required: true, for: JobRef }), index: t.arg.int({ required: true }) },
    resolve: (_root, { job, index }, { core }) => riskPicture(core, uuidOf(job), index),
  }),
  riskExplanation: t.field({
    type: RiskExplanationRef,
    errors: wrong,
    args: { job: t.arg.globalID({ required: true, for: JobRef }), index: t.arg.int({ required: true }) },
    resolve: (_root, { job, index }, { core }) => riskExplanation(core, uuidOf(job), index),
  }),
}));

const expected = { types: [NotFoundError, ConflictError, InvalidInputError] };

builder.mutationFields((t) => ({
  createClusteringJob: t.field({
    type: JobRef,
    description:
      'On the newest version of a data set. It waits to be told which stages to run, or with `start` runs to its end.',
    errors: expected,
    args: {
      dataset: t.arg.globalID({ required: true, for: DatasetRef }),
      preset: t.arg.string({ description: 'Its parameters are the ones that `params` does not give.' }),
      params: t.arg({ type: 'Json' }),
      seed: t.arg.int(),
      start: t.arg.boolean(),
    },
    resolve: (_root, { dataset, preset, params, seed, start }, { core }) =>
      createClusteringJob(core, {
        datasetId: uuidOf(dataset),
        preset: preset ?? undefined,
        params: params == null ? undefined : paramsObject(params),
        seed: seed ?? undefined,
        start: start ?? undefined,
      }),
  }),
  deleteClusteringJob: t.field({
    type: JobRef,
    description: 'Takes it and its files away.',
    errors: expected,
    args: { id: t.arg.globalID({ required: true, for: JobRef }) },
    resolve: (_root, { id }, { core }) => deleteClusteringJob(core, uuidOf(id)),
  }),
  runClusteringStage: t.field({
    type: JobRef,
    description: 'Runs the next stage of a job that waits.',
    errors: expected,
    args: { job: t.arg.globalID({ required: true, for: JobRef }), stage: t.arg.string({ required: true }) },
    resolve: (_root, { job, stage }, { core }) => runClusteringStage(core, uuidOf(job), stage),
  }),
}));
