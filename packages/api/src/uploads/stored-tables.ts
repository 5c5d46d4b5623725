/** Uploaded tables as the database knows them. */
import { CLUSTERING, Dataset } from '../datasets/dataset.entity.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { checkPage, type Page } from '../datasets/page.ts';
import { isId } from '../db/ids.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import type { ArtifactRef } from '../pipelines/stage.ts';
import { TABLE } from './columnar/open-table.ts';
import { UploadedTable } from './uploaded-table.entity.ts';

/** @throws DomainError NOT_FOUND, also for one that was deleted. */
export async function requireDataset(em: Em, id: string): Promise<Dataset> {
  const found = isId(id) ? await em.findOne(Dataset, { id, kind: CLUSTERING, deletedAt: null }) : null;
  if (found) return found;
  throw new DomainError('NOT_FOUND', `There is no data set ${id.slice(0, 60)}`, { details: { id: id.slice(0, 60) } });
}

/** The newest version of a data set that is stored whole, with its table. */
export async function newestTable(em: Em, datasetId: string): Promise<UploadedTable | null> {
  return em.findOne(
    UploadedTable,
    { datasetVersion: { dataset: datasetId, status: 'processed', filesRemovedAt: null } },
    { orderBy: { datasetVersion: { ordinal: 'desc' } }, populate: ['datasetVersion'] },
  );
}

/** The same of many data sets, by their ids. */
export async function newestTables(em: Em, datasetIds: readonly string[]): Promise<Map<string, UploadedTable>> {
  const tables = await em.find(
    UploadedTable,
    { datasetVersion: { dataset: { $in: [...datasetIds] }, status: 'processed', filesRemovedAt: null } },
    { orderBy: { datasetVersion: { ordinal: 'asc' } }, populate: ['datasetVersion'] },
  );
  return new Map(tables.map((table) => [table.datasetVersion.getEntity().dataset.id, table]));
}

/** The same of one, where there must be one. @throws DomainError NOT_FOUND */
export async function requireTable(em: Em, { id, name }: Pick<Dataset, 'id' | 'name'>): Promise<UploadedTable> {
  const table = await newestTable(em, id);
  if (table) return table;
  throw new DomainError('NOT_FOUND', `The data set ${name} has no table yet`, { details: { dataset: id } });
}

/** Those that are there, newest first. */
export async function listTables(em: Em, page: Page): Promise<Dataset[]> {
  checkPage(page);
  const { limit, offset } = page;
  const ids = await em.execute<{ id: string }[]>(
    `select d.id from dataset d where d.kind = ? and d.deleted_at is null
       and exists (select 1 from dataset_version v where v.dataset_id = d.id and v.status = 'processed')
     order by d.id desc limit ? offset ?`,
    [CLUSTERING, limit, offset],
  );
  return em.find(Dataset, { id: { $in: ids.map(({ id }) => id) } }, { orderBy: { id: 'desc' } });
}

/** The table of a job's version, for its pipeline's `sources`: stages open it by `openTable(await context.path(TABLE))`. */
export async function tableArtifact(em: Em, datasetVersionId: string): Promise<ArtifactRef> {
  const table = await em.findOne(UploadedTable, { datasetVersion: { id: datasetVersionId, filesRemovedAt: null } });
  if (table) return { name: TABLE, hash: table.tableHash, key: table.tableKey, bytes: table.tableBytes };
  const version = await em.findOneOrFail(DatasetVersion, datasetVersionId);
  throw new DomainError('ARTIFACT_MISSING', `The table of version ${version.name} was removed`, {
    details: { datasetVersionId },
  });
}
