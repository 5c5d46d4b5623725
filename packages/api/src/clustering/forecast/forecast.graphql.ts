import { DatasetRef } from '../../datasets/dataset.graphql.ts';
import { builder } from '../../graphql/builder.ts';
import { uuidOf } from '../../graphql/entities.ts';
import { InvalidInputError, NotFoundError } from '../../graphql/expected-errors.ts';
import { paramsObject } from '../../graphql/params-object.ts';
import { requestName } from '../methods.ts';
import type { Seconds } from './expected-time.ts';
import { forecastClustering, type TimedForecast } from './forecast.operations.ts';

const SecondsRef = builder.objectRef<Seconds>('ExpectedSeconds').implement({
  description: 'Between these it will most likely take.',
  fields: (t) => ({ low: t.exposeFloat('low'), high: t.exposeFloat('high') }),
});

const StageForecastRef = builder.objectRef<TimedForecast['stages'][number]>('ClusteringStageForecast').implement({
  fields: (t) => ({
    stage: t.exposeString('stage'),
    method: t.string({
      nullable: true,
      description: 'Of the measures the one that needs most.',
      resolve: ({ method }) => (method === null ? null : requestName(method)),
    }),
    rows: t.exposeInt('rows'),
    columns: t.exposeInt('columns', { description: 'That the stage works on; of `preprocess` those that come out.' }),
    bytes: t.exposeFloat('bytes', { description: 'At the peak, the rows themselves included.' }),
    planned: t.exposeFloat('planned', {
      description: 'Bytes that the method plans for itself: held against the limit.',
    }),
    refused: t.exposeBoolean('refused'),
    seconds: t.field({
      type: SecondsRef,
      description: 'By what the stage with its method took here before, or else by the speed of the machine.',
      resolve: ({ time }) => time,
    }),
    mostRows: t.int({
      nullable: true,
      description: 'Of a refused one: rows that would fit.',
      resolve: ({ fitting }) => fitting?.mostRows ?? null,
    }),
    methods: t.stringList({
      nullable: true,
      description: 'Of a refused one: methods that take all the rows, with their default parameters.',
      resolve: ({ fitting }) => (fitting ? [...fitting.methods] : null),
    }),
  }),
});

const ForecastRef = builder.objectRef<TimedForecast>('ClusteringForecast').implement({
  description: 'What a clustering job would need.',
  fields: (t) => ({
    accepted: t.exposeBoolean('accepted'),
    limit: t.exposeFloat('limit', { description: 'Bytes that a stage may plan for.' }),
    exact: t.exposeBoolean('exact', { description: 'False where rows and columns are the most there can be.' }),
    seconds: t.field({ type: SecondsRef, description: 'Of these stages together.', resolve: ({ time }) => time }),
    stages: t.field({ type: [StageForecastRef], resolve: ({ stages }) => [...stages] }),
    notes: t.stringList({ resolve: ({ notes }) => [...notes] }),
  }),
});

builder.queryField('clusteringForecast', (t) =>
  t.field({
    type: ForecastRef,
    description: 'Of `createClusteringJob` with the same arguments: no job is made.',
    errors: { types: [NotFoundError, InvalidInputError] },
    args: {
      dataset: t.arg.globalID({ required: true, for: DatasetRef }),
      preset: t.arg.string(),
      params: t.arg({ type: 'Json' }),
      seed: t.arg.int(),
    },
    resolve: (_root, { dataset, preset, params, seed }, { core }) =>
      forecastClustering(core, {
        datasetId: uuidOf(dataset),
        preset: preset ?? undefined,
        params: params == null ? undefined : paramsObject(params),
        seed: seed ?? undefined,
      }),
  }),
);
