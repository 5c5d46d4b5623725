import { CLUSTERING, Dataset } from '../datasets/dataset.entity.ts';
import { DatasetRef, DatasetVersionRef } from '../datasets/dataset.graphql.ts';
import { MOST_LISTED } from '../datasets/page.ts';
import { DomainError } from '../errors.ts';
import { builder } from '../graphql/builder.ts';
import type { GraphqlContext } from '../graphql/context.ts';
import { uuidOf } from '../graphql/entities.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../graphql/expected-errors.ts';
import { COLUMN_TYPES } from './columnar/table-format.ts';
import { DELIMITERS } from './csv/delimiter.ts';
import { ENCODINGS, type Encoding } from './csv/encoding.ts';
import { type ColumnProfile, type NumberProfile, QUANTILES } from './profile/column-profile.ts';
import type { TopValue } from './profile/text-sketch.ts';
import { ReceivedFile } from './received-file.ts';
import { listTables, newestTable } from './stored-tables.ts';
import { deleteDataset, renameDataset, replaceTable, uploadTable } from './upload.operations.ts';
import { UploadedTable } from './uploaded-table.entity.ts';

export const ColumnTypeEnum = builder.enumType('ColumnType', { values: COLUMN_TYPES });

const EncodingEnum = builder.enumType('TableEncoding', {
  description: 'Encodings by the names that REST and Python give them, with _ for -.',
  values: Object.fromEntries(ENCODINGS.map((name) => [name.replaceAll('-', '_'), { value: name }])) as Record<
    string,
    { value: Encoding }
  >,
});

const DelimiterEnum = builder.enumType('TableDelimiter', {
  values: {
    comma: { value: DELIMITERS[0] },
    semicolon: { value: DELIMITERS[1] },
    tab: { value: DELIMITERS[2] },
    bar: { value: DELIMITERS[3] },
  } as const,
});

const Quantile = builder.simpleObject('Quantile', { fields: (t) => ({ share: t.float(), value: t.float() }) });

const NumberProfileRef = builder.objectRef<NumberProfile>('NumberProfile').implement({
  description: 'Of a column of numbers; booleans are 0 and 1, dates milliseconds since 1970.',
  fields: (t) => ({
    min: t.exposeFloat('min'),
    max: t.exposeFloat('max'),
    mean: t.exposeFloat('mean'),
    standardDeviation: t.exposeFloat('standardDeviation', { nullable: true }),
    quantiles: t.field({
      type: [Quantile],
      resolve: ({ quantiles }) => QUANTILES.map((share, at) => ({ share, value: quantiles[at] })),
    }),
    histogram: t.intList({
      description: 'How many values lie in each of equally wide parts of min to max.',
      resolve: ({ histogram }) => [...histogram],
    }),
  }),
});

const TopValueRef = builder.objectRef<TopValue>('TopValue').implement({
  fields: (t) => ({ value: t.exposeString('value'), count: t.exposeInt('count') }),
});

const Column = builder.objectRef<ColumnProfile>('TableColumn').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    type: t.field({ type: ColumnTypeEnum, resolve: ({ type }) => type }),
    missing: t.exposeInt('missing'),
    distinct: t.exposeInt('distinct', { description: 'Different values, the missing one not counted.' }),
    exact: t.exposeBoolean('exact', {
      description:
        'False where there were too many texts to count them all: `distinct` and the counts of `top` are estimates.',
    }),
    numbers: t.field({ type: NumberProfileRef, nullable: true, resolve: ({ numbers }) => numbers }),
    top: t.field({ type: [TopValueRef], description: 'Most frequent values first.', resolve: ({ top }) => [...top] }),
  }),
});

const Table = builder.objectRef<UploadedTable>('UploadedTable').implement({
  description: 'What is known of an uploaded file.',
  fields: (t) => ({
    fileName: t.exposeString('fileName'),
    encoding: t.exposeString('encoding'),
    delimiter: t.exposeString('delimiter'),
    rows: t.exposeInt('rows'),
    bytes: t.field({ type: 'SafeInt', resolve: (table) => table.bytes }),
    hash: t.exposeString('hash', { description: 'sha-256 of the file as it came.' }),
    objectKey: t.exposeString('objectKey', { description: 'Where the object store keeps the file.' }),
    columns: t.field({ type: [Column], resolve: (table) => [...table.columns] }),
    preview: t.field({
      type: ['Json'],
      description: 'The first rows, values in the order of the columns.',
      resolve: (table) => [...table.preview],
    }),
    warnings: t.stringList({ resolve: (table) => [...table.warnings] }),
    uploadedAt: t.field({ type: 'DateTime', resolve: (table) => table.createdAt }),
  }),
});

builder.objectFields(DatasetRef, (t) => ({
  uuid: t.string({ description: 'The id as REST writes it.', resolve: (dataset) => dataset.id }),
  table: t.field({
    type: Table,
    nullable: true,
    description: 'Of an uploaded table, the newest file.',
    resolve: (dataset, _args, { core }) =>
      dataset.kind === CLUSTERING ? newestTable(core.database.fork(), dataset.id) : null,
  }),
}));

builder.objectField(DatasetVersionRef, 'table', (t) =>
  t.field({
    type: Table,
    nullable: true,
    resolve: (version, _args, { core }) => core.database.fork().findOne(UploadedTable, { datasetVersion: version.id }),
  }),
);

const TableProgress = builder.simpleObject('TableProgress', {
  fields: (t) => ({
    upload: t.string(),
    done: t.float({ description: 'Share done, 0..1.' }),
    message: t.string(),
  }),
});

builder.subscriptionField('tableProgress', (t) =>
  t.field({
    type: TableProgress,
    description: 'How far the service is with a file that it has received.',
    args: { upload: t.arg.string({ required: true, description: "The sender's own name for the upload." }) },
    subscribe: (_root, { upload }, { core }) =>
      core.events.stream('tableProgress', { filter: (event) => event.upload === upload }),
    resolve: (event) => event,
  }),
);

builder.queryFields((t) => ({
  uploadedDatasets: t.field({
    type: [DatasetRef],
    description: 'Uploaded tables, newest first, by place; `datasets(kind: "clustering")` pages them by cursor.',
    args: {
      limit: t.arg.int({ required: true, defaultValue: MOST_LISTED }),
      offset: t.arg.int({ required: true, defaultValue: 0 }),
    },
    resolve: (_root, page, { core }) => listTables(core.database.fork(), page),
  }),
  dataset: t.field({
    type: DatasetRef,
    nullable: true,
    args: { id: t.arg.globalID({ required: true, for: DatasetRef }) },
    resolve: (_root, { id }, { core }) => core.database.fork().findOne(Dataset, { id: uuidOf(id), deletedAt: null }),
  }),
}));

const DeletedDataset = builder.simpleObject('DeletedDataset', { fields: (t) => ({ uuid: t.string() }) });

/** The file behind an argument. @throws DomainError INVALID_INPUT */
function received(file: ReceivedFile | string, { files }: GraphqlContext): ReceivedFile {
  const found = file instanceof ReceivedFile ? file : files?.get(file);
  if (found) return found;
  throw new DomainError('INVALID_INPUT', 'file must be sent as a part of a multipart/form-data request', {
    details: { field: 'file' },
  });
}

const expected = { types: [InvalidInputError, NotFoundError, ConflictError] };

builder.mutationFields((t) => {
  const reading = {
    file: t.arg({ type: 'Upload', required: true }),
    encoding: t.arg({ type: EncodingEnum, description: 'Found out unless given.' }),
    delimiter: t.arg({ type: DelimiterEnum, description: 'Found out unless given.' }),
    upload: t.arg.string({ description: 'A name of your own, to follow `tableProgress` by.' }),
  };
  return {
    uploadTable: t.field({
      type: DatasetRef,
      description: 'A new data set of a CSV file. Answers when it is stored and profiled.',
      errors: expected,
      args: { name: t.arg.string({ description: "The file's name unless given." }), ...reading },
      resolve: (_root, { file, ...args }, context) =>
        uploadTable(context.core, context.tables, { file: received(file, context), ...given(args) }),
    }),
    replaceTable: t.field({
      type: DatasetRef,
      description: 'Another file for a data set: its newest version.',
      errors: expected,
      args: { id: t.arg.globalID({ required: true, for: DatasetRef }), name: t.arg.string(), ...reading },
      resolve: (_root, { id, file, ...args }, context) =>
        replaceTable(context.core, context.tables, uuidOf(id), { file: received(file, context), ...given(args) }),
    }),
    changeDataset: t.field({
      type: DatasetRef,
      description: 'Another file, another name, or both at once.',
      errors: expected,
      args: {
        id: t.arg.globalID({ required: true, for: DatasetRef }),
        name: t.arg.string(),
        ...reading,
        file: t.arg({ type: 'Upload' }),
      },
      resolve: (_root, { id, file, ...args }, context) => {
        if (file)
          return replaceTable(context.core, context.tables, uuidOf(id), {
            file: received(file, context),
            ...given(args),
          });
        return renameDataset(context.core, uuidOf(id), args.name ?? '');
      },
    }),
    renameDataset: t.field({
      type: DatasetRef,
      errors: expected,
      args: { id: t.arg.globalID({ required: true, for: DatasetRef }), name: t.arg.string({ required: true }) },
      resolve: (_root, { id, name }, { core }) => renameDataset(core, uuidOf(id), name),
    }),
    deleteDataset: t.field({
      type: DeletedDataset,
      description: 'Deletes an uploaded table with its files and those of its jobs, for good.',
      errors: expected,
      args: {
        id: t.arg.globalID({ required: true, for: DatasetRef }),
        confirm: t.arg.string({ description: "The data set's name, typed by whoever wants it gone." }),
      },
      resolve: async (_root, { id, confirm }, { core, facts }) => {
        // REST's DELETE is a decision by itself; here a field in a document is easily run by mistake.
        await deleteDataset(core, uuidOf(id), confirm ?? (facts?.door === 'graphql' ? '' : undefined));
        return { uuid: uuidOf(id) };
      },
    }),
  };
});

type Given<T> = { [K in keyof T]?: Exclude<T[K], null | undefined> };

/** Without what was left out. */
function given<T extends object>(args: T): Given<T> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value != null)) as Given<T>;
}
