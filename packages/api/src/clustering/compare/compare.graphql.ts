import { builder } from '../../graphql/builder.ts';
import { uuidOf } from '../../graphql/entities.ts';
import { InvalidInputError, NotFoundError } from '../../graphql/expected-errors.ts';
import { JobRef } from '../../jobs/job.graphql.ts';
import {
  type ClusteringComparison,
  compareClusterings,
  type MetricPair,
  type ParameterDifference,
} from './compare.operations.ts';
import type { LabelComparison } from './compare-labels.ts';

const ParameterDifferenceRef = builder.objectRef<ParameterDifference>('ParameterDifference').implement({
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Such as `clustering.params.n_clusters`.' }),
    first: t.field({ type: 'Json', nullable: true, resolve: ({ first }) => first }),
    second: t.field({ type: 'Json', nullable: true, resolve: ({ second }) => second }),
  }),
});

const MetricPairRef = builder.objectRef<MetricPair>('MetricPair').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    title: t.exposeString('title'),
    first: t.exposeFloat('first', { nullable: true }),
    second: t.exposeFloat('second', { nullable: true }),
    greaterIsBetter: t.exposeBoolean('greaterIsBetter'),
  }),
});

const LabelPair = builder.simpleObject('LabelPair', {
  fields: (t) => ({ first: t.int(), second: t.int(), rows: t.int() }),
});
const LabelMatch = builder.simpleObject('LabelMatch', {
  fields: (t) => ({
    second: t.int(),
    first: t.int({ nullable: true, description: 'Null where nothing corresponds.' }),
  }),
});
const MovedRow = builder.simpleObject('MovedRow', {
  fields: (t) => ({ index: t.int({ description: 'Place in the data set.' }), first: t.int(), second: t.int() }),
});

const LabelComparisonRef = builder.objectRef<LabelComparison>('LabelComparison').implement({
  description: 'On the rows that both clusterings have; noise (-1) counts as a class.',
  fields: (t) => ({
    common: t.exposeInt('common'),
    onlyFirst: t.exposeInt('onlyFirst', { description: 'Rows that the other job left out as outliers.' }),
    onlySecond: t.exposeInt('onlySecond'),
    adjustedRand: t.exposeFloat('adjustedRand', { nullable: true }),
    normalizedMutualInformation: t.exposeFloat('normalizedMutualInformation', { nullable: true }),
    adjustedMutualInformation: t.exposeFloat('adjustedMutualInformation', { nullable: true }),
    table: t.field({ type: [LabelPair], description: 'Rows by both labels.', resolve: ({ cells }) => [...cells] }),
    matches: t.field({
      type: [LabelMatch],
      description: 'Which cluster of the first each of the second corresponds to, so that the most rows stay.',
      resolve: ({ matches }) => [...matches],
    }),
    moved: t.exposeInt('moved', { description: 'Rows that are not in the corresponding cluster.' }),
    movedRows: t.field({ type: [MovedRow], resolve: ({ movedRows }) => [...movedRows] }),
  }),
});

const ComparisonRef = builder.objectRef<ClusteringComparison>('ClusteringComparison').implement({
  fields: (t) => ({
    first: t.field({ type: JobRef, resolve: ({ first }) => first }),
    second: t.field({ type: JobRef, resolve: ({ second }) => second }),
    parameters: t.field({
      type: [ParameterDifferenceRef],
      description: 'Those that differ.',
      resolve: ({ parameters }) => [...parameters],
    }),
    metrics: t.field({ type: [MetricPairRef], resolve: ({ metrics }) => [...metrics] }),
    sameData: t.exposeBoolean('sameData'),
    sameSpace: t.exposeBoolean('sameSpace', {
      description: 'The measures were taken over the same numbers, so that the better value is the better clustering.',
    }),
    notes: t.exposeStringList('notes', { description: 'What cannot be compared, and why.' }),
    labels: t.field({
      type: LabelComparisonRef,
      nullable: true,
      description: 'Null where the data differ.',
      resolve: ({ labels }) => labels,
    }),
  }),
});

builder.queryField('compareClusterings', (t) =>
  t.field({
    type: ComparisonRef,
    errors: { types: [NotFoundError, InvalidInputError] },
    args: {
      first: t.arg.globalID({ required: true, for: JobRef }),
      second: t.arg.globalID({ required: true, for: JobRef }),
      moved: t.arg.int({
        required: true,
        defaultValue: 100,
        description: 'Rows that moved to tell one by one; up to 1000.',
      }),
    },
    resolve: (_root, { first, second, moved }, { core }) =>
      compareClusterings(core, uuidOf(first), uuidOf(second), moved),
  }),
);
