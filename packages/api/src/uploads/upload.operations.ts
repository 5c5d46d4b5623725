/** Use cases of uploaded tables. */
import { basename, extname } from 'node:path';
import type { Core } from '../core.ts';
import { CLUSTERING, Dataset } from '../datasets/dataset.entity.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import { event } from '../events/events.ts';
import { versionUpdated } from '../jobs/end-job.ts';
import { Job } from '../jobs/job.entity.ts';
import { lockGroup } from '../jobs/lease.ts';
import { canonicalJson } from '../objects/canonical-json.ts';
import { contentKey } from '../objects/object-store.ts';
import type { Json } from '../pipelines/stage.ts';
import type { ConvertedTable } from './convert-table.ts';
import type { Delimiter } from './csv/delimiter.ts';
import type { Encoding } from './csv/encoding.ts';
import type { ReceivedFile } from './received-file.ts';
import { requireDataset } from './stored-tables.ts';
import { lockObjects, sweepSoon } from './sweep-tables.ts';
import { tableManifest } from './table-manifest.ts';
import type { TableThreads } from './table-thread.ts';
import { addTableVersion, settleTableVersion } from './table-version.ts';
import { UploadedTable } from './uploaded-table.entity.ts';

export interface NewTable {
  readonly file: ReceivedFile;
  /** Of the data set; for a new one the file's, without its extension, unless given. */
  readonly name?: string | undefined;
  /** Found out unless given. */
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: Delimiter | undefined;
  /** Under which progress is told. */
  readonly upload?: string | undefined;
}

const LONGEST_NAME = 200;

/**
 * A new data set of a CSV file. Resolves when the file and what stages read of it are safe, and its columns profiled.
 *
 * @throws DomainError BAD_TABLE for a file that is no usable table, naming line and column; TOO_LARGE; INVALID_INPUT for the name.
 */
export async function uploadTable(core: Core, threads: TableThreads, request: NewTable): Promise<Dataset> {
  const fallback = basename(request.file.name, extname(request.file.name)).trim().slice(0, LONGEST_NAME);
  const name = checkName(request.name?.trim() ? request.name : fallback || 'table');
  const dataset = await storeTable(core, threads, request, async (tx) =>
    tx.create(Dataset, { name, kind: CLUSTERING }),
  );
  return dataset;
}

/**
 * Another file for a data set: its newest version. What earlier jobs were run on stays.
 *
 * @throws DomainError NOT_FOUND; BAD_TABLE; TOO_LARGE; INVALID_INPUT for a new name.
 */
export async function replaceTable(core: Core, threads: TableThreads, id: string, request: NewTable): Promise<Dataset> {
  const name = request.name === undefined ? undefined : checkName(request.name);
  await requireDataset(core.database.fork(), id);
  const dataset = await storeTable(core, threads, request, async (tx) => {
    const found = await requireDataset(tx, id);
    if (name !== undefined) found.name = name;
    return found;
  });
  sweepSoon(core);
  return dataset;
}

/** @throws DomainError NOT_FOUND; INVALID_INPUT */
export async function renameDataset(core: Core, id: string, name: string): Promise<Dataset> {
  const em = core.database.fork();
  const dataset = await requireDataset(em, id);
  dataset.name = checkName(name);
  await em.flush();
  return dataset;
}

/**
 * Deletes a data set: from now on nobody finds it, and its files go, with those that its jobs have made.
 *
 * @param confirm its name, as a person has typed it; undefined where the caller has asked by other means.
 * @throws DomainError NOT_FOUND; INVALID_INPUT when the name is another; INVALID_STATE while a job of it waits or runs.
 */
export async function deleteDataset(core: Core, id: string, confirm: string | undefined): Promise<void> {
  await core.database.fork().transactional(async (tx) => {
    const dataset = await requireDataset(tx, id);
    if (confirm !== undefined && confirm !== dataset.name) {
      throw new DomainError('INVALID_INPUT', 'confirm must be the name of the data set that is to be deleted', {
        details: { field: 'confirm' },
      });
    }
    // Whoever creates a job of it holds the same lock.
    await lockGroup(tx, datasetGroup(id));
    const jobs = await tx.count(Job, { datasetVersion: { dataset: id }, status: { $in: ['pending', 'running'] } });
    if (jobs > 0) {
      throw new DomainError('INVALID_STATE', `${jobs === 1 ? 'A job' : `${jobs} jobs`} of the data set still to end`, {
        details: { id, jobs },
      });
    }
    dataset.deletedAt = new Date();
    await tx.flush();
  });
  sweepSoon(core);
}

/** Of the jobs of a data set. */
export const datasetGroup = (id: string): string => `dataset:${id}`;

/**
 * Reads the file in a thread and stores it. The rows come first, so that nobody sweeps away bytes that another upload of the same
 * file is about to count on; they count for nothing until the version is `processed`.
 */
async function storeTable(
  core: Core,
  threads: TableThreads,
  request: NewTable,
  open: (tx: Em) => Promise<Dataset>,
): Promise<Dataset> {
  const { file, encoding, delimiter, upload } = request;
  const tell = (done: number, message: string) => {
    if (upload !== undefined) core.events.publish(event('tableProgress', { upload, done, message }));
  };
  const target = `${file.path}.table`;
  const limits = core.config.uploads;
  const read = await threads.convert({ file: file.path, target, limits, encoding, delimiter }, (done, message) =>
    tell(0.9 * done, message),
  );
  tell(0.9, 'storing');
  const version = await core.database.fork().transactional((tx) => describe(tx, file.name, read, open));
  try {
    await core.objects.put(contentKey(read.original.hash), { file: file.path }, { ifAbsent: true });
    await core.objects.put(contentKey(read.table.hash), { file: target }, { ifAbsent: true });
    const manifest = Buffer.from(canonicalJson(tableManifest(version.name, read) as Json));
    const stored = await core.objects.putContent(manifest);
    const done = await core.database.fork().transactional((tx) => settleTableVersion(tx, version.id, stored));
    core.events.publish(versionUpdated(done));
    tell(1, 'stored');
    return done.dataset.loadOrFail();
  } catch (error) {
    await core.database.fork().transactional((tx) => forget(tx, version));
    throw error;
  }
}

async function describe(
  tx: Em,
  fileName: string,
  read: ConvertedTable,
  open: (tx: Em) => Promise<Dataset>,
): Promise<DatasetVersion> {
  const [objectKey, tableKey] = [contentKey(read.original.hash), contentKey(read.table.hash)];
  await lockObjects(tx, [objectKey, tableKey]);
  const dataset = await open(tx);
  await lockGroup(tx, datasetGroup(dataset.id));
  return addTableVersion(tx, dataset, { fileName, read });
}

/** Takes back what `describe` has written. */
async function forget(tx: Em, version: DatasetVersion): Promise<void> {
  await tx.nativeDelete(UploadedTable, { datasetVersion: version.id });
  await tx.nativeDelete(DatasetVersion, { id: version.id });
  await tx.execute(
    'delete from dataset d where id = ? and not exists (select 1 from dataset_version v where v.dataset_id = d.id)',
    [version.dataset.id],
  );
}

function checkName(name: string): string {
  const trimmed = name.trim();
  if (trimmed.length >= 1 && trimmed.length <= LONGEST_NAME && !trimmed.includes('\0') && trimmed.isWellFormed()) {
    return trimmed;
  }
  throw new DomainError('INVALID_INPUT', `name must have 1 to ${LONGEST_NAME} characters`, {
    details: { field: 'name' },
  });
}
