import { DatasetVersionRef } from '../../datasets/dataset.graphql.ts';
import { commitVersion } from '../../datasets/dataset.operations.ts';
import type { DatasetVersion } from '../../datasets/dataset-version.entity.ts';
import { committedBatches, type TableBatches } from '../../datasets/version-batches.ts';
import { DomainError } from '../../errors.ts';
import { builder } from '../../graphql/builder.ts';
import { ConflictError, InvalidInputError } from '../../graphql/expected-errors.ts';
import type { Job } from '../../jobs/job.entity.ts';
import { JobRef } from '../../jobs/job.graphql.ts';
import { TABLE_NAMES, type TableName } from '../tables.ts';
import type { BatchReceipt } from './batch-receiver.ts';
import type { TableIntake } from './intake.ts';
import { LOOKALIKE } from './version-ledger.ts';

const LookalikeTable = builder.enumType('LookalikeTable', { values: TABLE_NAMES });

const Receipt = builder.objectRef<BatchReceipt>('BatchReceipt').implement({
  description: 'A batch that is stored for good.',
  fields: (t) => ({
    version: t.exposeString('version'),
    table: t.field({ type: LookalikeTable, resolve: (receipt) => receipt.table }),
    batchId: t.exposeInt('batchId'),
    records: t.exposeInt('records'),
    duplicate: t.exposeBoolean('duplicate', { description: 'It was there already: nothing was written.' }),
  }),
});

const Received = builder.objectRef<TableIntake>('ReceivedTable').implement({
  description: 'What has arrived of one table while the version is open.',
  fields: (t) => ({
    table: t.field({ type: LookalikeTable, resolve: (intake) => intake.table }),
    batches: t.exposeInt('batches'),
    totalBatches: t.exposeInt('totalBatches'),
    records: t.field({ type: 'SafeInt', resolve: (intake) => intake.records }),
    bytes: t.field({ type: 'SafeInt', resolve: (intake) => intake.bytes }),
  }),
});

interface CommitResult {
  readonly version: DatasetVersion;
  readonly job: Job;
  readonly created: boolean;
  readonly tables: readonly TableName[];
}

const Commit = builder.objectRef<CommitResult>('VersionCommit').implement({
  fields: (t) => ({
    version: t.field({ type: DatasetVersionRef, resolve: (commit) => commit.version }),
    job: t.field({ type: JobRef, resolve: (commit) => commit.job }),
    created: t.exposeBoolean('created', { description: 'False for a repeat: nothing was started.' }),
    tablesReceived: t.field({ type: [LookalikeTable], resolve: (commit) => [...commit.tables] }),
  }),
});

builder.objectField(DatasetVersionRef, 'received', (t) =>
  t.field({
    type: [Received],
    description: 'While it is open: what has arrived, by table.',
    resolve: async (version, _args, { receiver }) =>
      version.status === 'receiving' ? ((await receiver.received(version.name)) ?? []) : [],
  }),
);

const TableBatchesRef = builder.objectRef<TableBatches>('TableBatches').implement({
  description: 'What there is of one table of a version.',
  fields: (t) => ({
    table: t.exposeString('table'),
    batches: t.exposeInt('batches'),
    totalBatches: t.exposeInt('totalBatches', { description: 'As its senders announced.' }),
    missing: t.intList({
      description: 'Numbers of batches that were announced and are not there; the first hundred.',
      resolve: ({ missing }) => [...missing],
    }),
    records: t.field({ type: 'SafeInt', nullable: true, resolve: ({ records }) => records ?? null }),
    bytes: t.field({ type: 'SafeInt', resolve: ({ bytes }) => bytes }),
  }),
});

builder.objectField(DatasetVersionRef, 'batches', (t) =>
  t.field({
    type: [TableBatchesRef],
    description: 'By table: what has arrived while the version is open, and what it is made of afterwards.',
    resolve: async (version, _args, { core, receiver }) =>
      version.status === 'receiving'
        ? ((await receiver.received(version.name)) ?? [])
        : committedBatches(core, version),
  }),
);

function asText(body: object): string {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    // Values come parsed from outside: the only one that cannot be written is nested beyond the stack.
    throw new DomainError('INVALID_INPUT', 'records are nested too deeply', { cause, details: { field: 'records' } });
  }
}

const expected = { types: [InvalidInputError, ConflictError] };

builder.mutationFields((t) => ({
  receiveBatch: t.field({
    type: Receipt,
    description: 'One batch of a table of a version. The same batch again changes nothing.',
    errors: expected,
    args: {
      version: t.arg.string({ required: true }),
      table: t.arg({ type: LookalikeTable, required: true }),
      batchId: t.arg.int({ required: true }),
      totalBatches: t.arg.int({ required: true }),
      records: t.arg({ type: ['Json'], required: true }),
    },
    resolve: (_root, { version, table, batchId, totalBatches, records }, { receiver }) => {
      const body = { version, table, batch_id: batchId, total_batches: totalBatches, records };
      return receiver.receive(new Uint8Array(Buffer.from(asText(body))));
    },
  }),
  receiveBatchBody: t.field({
    type: Receipt,
    description: 'One batch as the body of `POST /data/batch`, byte for byte: nothing is parsed on the way.',
    errors: expected,
    args: { body: t.arg({ type: 'Bytes', required: true }) },
    resolve: (_root, { body }, { receiver }) => receiver.receive(body),
  }),
  commitVersion: t.field({
    type: Commit,
    description: 'Closes a version and starts its pipeline. A repeat starts nothing.',
    errors: expected,
    args: { version: t.arg.string({ required: true }) },
    resolve: async (_root, { version }, { core, receiver }) => {
      const { tables, result } = await receiver.close(version, (content) =>
        commitVersion(core, LOOKALIKE, version, content),
      );
      return { ...result, tables };
    },
  }),
}));
