import { builder } from '../graphql/builder.ts';
import { among, between, connectionOf, containing, PageOrder } from '../graphql/connection.ts';
import { entityById, requiredById } from '../graphql/entities.ts';
import { Dataset } from './dataset.entity.ts';
import { datasetOrder, versionOrder } from './dataset-order.ts';
import { DATASET_VERSION_STATUSES, DatasetVersion } from './dataset-version.entity.ts';

export const DatasetRef = builder.objectRef<Dataset>('Dataset');
export const DatasetVersionRef = builder.objectRef<DatasetVersion>('DatasetVersion');

const VersionStatus = builder.enumType('DatasetVersionStatus', { values: DATASET_VERSION_STATUSES });
const RowCount = builder.simpleObject('RowCount', { fields: (t) => ({ table: t.string(), rows: t.int() }) });

builder.node(DatasetRef, {
  description: 'What a system is fed with.',
  id: { resolve: (dataset) => dataset.id },
  isTypeOf: (value) => value instanceof Dataset,
  loadOne: async (id, context) => {
    const found = await entityById(context, Dataset, id);
    return found?.deletedAt ? null : found;
  },
  fields: (t) => ({
    name: t.exposeString('name'),
    kind: t.exposeString('kind', { description: 'The system: the pipeline that its versions run through.' }),
    createdAt: t.field({ type: 'DateTime', resolve: (dataset) => dataset.createdAt }),
  }),
});

builder.node(DatasetVersionRef, {
  description: 'A full snapshot of a data set.',
  id: { resolve: (version) => version.id },
  isTypeOf: (value) => value instanceof DatasetVersion,
  loadOne: (id, context) => entityById(context, DatasetVersion, id),
  fields: (t) => ({
    uuid: t.string({ description: 'The id as logs and events write it.', resolve: (version) => version.id }),
    dataset: t.field({
      type: DatasetRef,
      resolve: (version, _args, context) => requiredById(context, Dataset, version.dataset.id),
    }),
    name: t.exposeString('name', { description: "The sender's name for it: opaque." }),
    ordinal: t.exposeInt('ordinal', { nullable: true, description: 'Position in commit order, from 1.' }),
    status: t.field({ type: VersionStatus, resolve: (version) => version.status }),
    tablesReceived: t.stringList({ resolve: (version) => version.tablesReceived }),
    rowCounts: t.field({
      type: [RowCount],
      description: 'Rows by table, known after ingest.',
      resolve: (version) => Object.entries(version.rowCounts).map(([table, rows]) => ({ table, rows })),
    }),
    manifestHash: t.exposeString('manifestHash', {
      nullable: true,
      description: 'sha-256: the content of the version.',
    }),
    createdAt: t.field({ type: 'DateTime', resolve: (version) => version.createdAt }),
    committedAt: t.field({ type: 'DateTime', nullable: true, resolve: (version) => version.committedAt ?? null }),
    processedAt: t.field({ type: 'DateTime', nullable: true, resolve: (version) => version.processedAt ?? null }),
  }),
});

builder.queryField('datasets', (t) =>
  t.connection({
    type: DatasetRef,
    args: {
      kind: t.arg.string(),
      text: t.arg.string({ description: 'Part of the name.' }),
      order: t.arg({ type: PageOrder, defaultValue: 'asc' }),
      orderBy: t.arg({ type: datasetOrder.Input, description: 'In place of `order`.' }),
    },
    resolve: (_root, given, { core }) => {
      const { args, sort } = datasetOrder.apply(given);
      const filter = { kind: args.kind ?? undefined, name: containing(args.text), deletedAt: null };
      return connectionOf(core, Dataset, args, filter, { sort });
    },
  }),
);

builder.queryField('datasetVersions', (t) =>
  t.connection({
    type: DatasetVersionRef,
    args: {
      dataset: t.arg.string({ description: 'Name of the data set.' }),
      name: t.arg.string(),
      text: t.arg.string({ description: 'Part of the name.' }),
      status: t.arg({ type: [VersionStatus] }),
      createdSince: t.arg({ type: 'DateTime' }),
      createdUntil: t.arg({ type: 'DateTime', description: 'Exclusive.' }),
      order: t.arg({ type: PageOrder, defaultValue: 'desc' }),
      orderBy: t.arg({
        type: versionOrder.Input,
        description: 'In place of `order`. A version that is not committed is committed last.',
      }),
    },
    resolve: (_root, given, { core }) => {
      const { args, sort } = versionOrder.apply(given);
      const filter = {
        dataset: args.dataset == null ? undefined : { name: args.dataset },
        name: args.name ?? containing(args.text),
        status: among(args.status),
        createdAt: between(args.createdSince, args.createdUntil),
      };
      return connectionOf(core, DatasetVersion, args, filter, { sort });
    },
  }),
);

builder.subscriptionField('versionUpdated', (t) =>
  t.field({
    type: DatasetVersionRef,
    args: { name: t.arg.string({ description: 'Only this version.' }) },
    subscribe: (_root, { name }, { core }) =>
      core.events.stream('versionUpdated', name == null ? {} : { filter: (event) => event.name === name }),
    resolve: (event, _args, context) => requiredById(context, DatasetVersion, event.datasetVersionId),
  }),
);
