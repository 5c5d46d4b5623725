/** A version of a data set that is one table, whoever has made it. */
import type { Dataset } from '../datasets/dataset.entity.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import type { Em } from '../db/orm.ts';
import { recordLineage } from '../lineage/lineage.operations.ts';
import { contentKey } from '../objects/object-store.ts';
import type { ConvertedTable } from './convert-table.ts';
import { UploadedTable } from './uploaded-table.entity.ts';

const LONGEST_NAME = 200;

/**
 * The next version with its table; it counts for nothing until it is settled. The caller holds the locks of the data set's group and of
 * the objects.
 * @param name its place among the versions unless given.
 */
export async function addTableVersion(
  tx: Em,
  dataset: Dataset,
  { fileName, read, name }: { readonly fileName: string; readonly read: ConvertedTable; readonly name?: string },
): Promise<DatasetVersion> {
  const [{ ordinal }] = await tx.execute<[{ ordinal: number }]>(
    'select coalesce(max(ordinal), 0) + 1 as ordinal from dataset_version where dataset_id = ?',
    [dataset.id],
  );
  const version = tx.create(DatasetVersion, {
    dataset,
    name: name ?? String(ordinal),
    ordinal,
    tablesReceived: ['table'],
    rowCounts: { table: read.rows },
  });
  tx.create(UploadedTable, {
    datasetVersion: version,
    fileName: fileName.slice(-LONGEST_NAME),
    encoding: read.encoding,
    delimiter: read.delimiter,
    rows: read.rows,
    columns: read.columns,
    preview: read.preview,
    warnings: read.warnings,
    objectKey: contentKey(read.original.hash),
    hash: read.original.hash,
    bytes: read.original.bytes,
    tableKey: contentKey(read.table.hash),
    tableHash: read.table.hash,
    tableBytes: read.table.bytes,
  });
  await tx.flush();
  return version;
}

/** Its bytes and its manifest are stored: from now on it is the newest. */
export async function settleTableVersion(
  tx: Em,
  versionId: string,
  manifest: { readonly hash: string; readonly bytes: number },
): Promise<DatasetVersion> {
  const version = await tx.findOneOrFail(DatasetVersion, versionId, { populate: ['dataset'] });
  const now = new Date();
  const { hash: manifestHash, bytes: manifestBytes } = manifest;
  Object.assign(version, { status: 'processed', manifestHash, manifestBytes, committedAt: now, processedAt: now });
  await tx.flush();
  await recordLineage(tx, [
    {
      from: { kind: 'manifest', id: manifestHash },
      to: { kind: 'dataset_version', id: versionId },
      relation: 'contains',
    },
  ]);
  return version;
}
