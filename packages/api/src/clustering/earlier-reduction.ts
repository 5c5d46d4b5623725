/** The reduction of an earlier job, taken over by another one instead of being fitted anew. */
import { Artifact } from '../artifacts/artifact.entity.ts';
import { CLUSTERING } from '../datasets/dataset.entity.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import { Job } from '../jobs/job.entity.ts';
import { StageRun } from '../jobs/stage-run.entity.ts';
import type { ArtifactRef } from '../pipelines/stage.ts';
import { UploadedTable } from '../uploads/uploaded-table.entity.ts';
import { type ClusteringParams, clusteringParams, earlierJobOf } from './clustering-params.ts';

/** What the stage leaves, and what it is called for the job that takes it over. */
const TAKEN_OVER = { 'reduced.model': 'given.model', 'reduced.columns.json': 'given.columns.json' } as const;

const noSuch = (id: string, why: string) =>
  new DomainError('INVALID_INPUT', `dimensionality_reduction.params.from_job: ${why}`, {
    details: { field: 'dimensionality_reduction.params.from_job', job: id },
  });

/**
 * The files of the earlier job that this one's parameters name; none where they name none.
 * @throws DomainError INVALID_INPUT where that job is not there, reduces otherwise, or has no such files.
 */
export async function earlierReduction(em: Em, params: ClusteringParams): Promise<ArtifactRef[]> {
  const id = earlierJobOf(params);
  if (id === undefined) return [];
  const job = await em.findOne(Job, { id, pipeline: CLUSTERING, deletedAt: null });
  if (!job) throw noSuch(id, `there is no clustering job ${id}`);
  const own = clusteringParams.parse(job.params).dimensionality_reduction.method;
  const wanted = params.dimensionality_reduction.method;
  if (own !== wanted) throw noSuch(id, `job ${id} reduces by ${own}, not by ${wanted}`);
  const names = Object.keys(TAKEN_OVER) as (keyof typeof TAKEN_OVER)[];
  const found = await em.find(Artifact, { job: id, name: { $in: names }, deletedAt: null });
  if (found.length < names.length)
    throw noSuch(id, `job ${id} has not fitted its reduction, or its files were removed`);
  return names.flatMap((name) =>
    found
      .filter((artifact) => artifact.name === name)
      .slice(0, 1)
      .map(({ hash, objectKey, bytes }) => ({ name: TAKEN_OVER[name], hash, key: objectKey, bytes })),
  );
}

/** Names of what a job selected; undefined before it has. */
async function selectedColumns(em: Em, job: string): Promise<readonly string[] | undefined> {
  const run = await em.findOne(StageRun, { job, name: 'feature_selection', status: { $in: ['completed', 'reused'] } });
  const columns = run?.summary?.columns;
  return Array.isArray(columns) ? columns.map(String) : undefined;
}

/** @throws DomainError INVALID_INPUT naming what is too few and too many, unless they are the same but for their order. */
export function checkSameColumns(needed: readonly string[], there: readonly string[]): void {
  const missing = needed.filter((name) => !there.includes(name));
  const beyond = there.filter((name) => !needed.includes(name));
  if (missing.length + beyond.length === 0) return;
  const parts = [
    missing.length > 0 ? `it needs ${missing.join(', ')}` : '',
    beyond.length > 0 ? `it does not know ${beyond.join(', ')}` : '',
  ];
  throw new DomainError(
    'INVALID_INPUT',
    `The columns do not fit the reduction of the earlier job: ${parts.filter(Boolean).join('; ')}`,
    { details: { field: 'dimensionality_reduction.params.from_job', missing, beyond } },
  );
}

/**
 * What can be told before a job's stages have run: that the earlier one can be taken over, and that the data set has the columns which
 * that one took as they are. Columns that are made of others, such as those of a text, are looked at once they are made.
 * @throws DomainError INVALID_INPUT
 */
export async function checkEarlierReduction(em: Em, params: ClusteringParams, table: UploadedTable): Promise<void> {
  const id = earlierJobOf(params);
  if (id === undefined) return;
  await earlierReduction(em, params);
  const { datasetVersion } = await em.findOneOrFail(Job, { id });
  const theirs = await em.findOne(UploadedTable, { datasetVersion: { id: datasetVersion?.id ?? '' } });
  const needed = (await selectedColumns(em, id)) ?? [];
  const namesOf = (one: UploadedTable | null) => new Set(one?.columns.map(({ name }) => name));
  const [before, now] = [namesOf(theirs), namesOf(table)];
  const missing = needed.filter((name) => before.has(name) && !now.has(name));
  if (missing.length > 0) checkSameColumns(missing, []);
}

/** Before the stage is run by name: its columns are known then. @throws DomainError INVALID_INPUT */
export async function checkColumnsOfEarlier(em: Em, job: Job): Promise<void> {
  const id = earlierJobOf(clusteringParams.parse(job.params));
  if (id === undefined) return;
  const [needed, there] = [await selectedColumns(em, id), await selectedColumns(em, job.id)];
  if (needed && there) checkSameColumns(needed, there);
}
