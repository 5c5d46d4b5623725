/** Use cases of searches: a job that tries pipelines, and what is made of its leaderboard. */
import { type Core, pipelineNamed } from '../../core.ts';
import { CLUSTERING } from '../../datasets/dataset.entity.ts';
import type { Page } from '../../datasets/page.ts';
import { DomainError } from '../../errors.ts';
import { createJob, parseParams } from '../../jobs/create-job.ts';
import type { Job } from '../../jobs/job.entity.ts';
import { jobUpdated } from '../../jobs/job-event.ts';
import { lockGroup } from '../../jobs/lease.ts';
import type { Json } from '../../pipelines/stage.ts';
import { type PresetView, savePreset } from '../../presets/preset.operations.ts';
import { rolesForJob } from '../../stores/roles-for-job.ts';
import { requireDataset, requireTable } from '../../uploads/stored-tables.ts';
import { datasetGroup } from '../../uploads/upload.operations.ts';
import { clusteringFile, createClusteringJob, jobOf, listClusteringJobs } from '../clustering.operations.ts';
import { clusteringParams } from '../clustering-params.ts';
import { expectedSize } from '../forecast/expected-size.ts';
import { LEADERBOARD, type Leaderboard, type LeaderboardEntry, leaderboard } from './leaderboard.ts';
import { isWinner } from './output-leaderboard.ts';
import { PREPARATIONS, REFERENCE } from './preparations.ts';
import { CLUSTERING_SEARCH } from './search.pipeline.ts';
import { searchParams } from './search-params.ts';

export interface NewSearch {
  readonly datasetId: string;
  readonly params?: Record<string, Json> | undefined;
  readonly seed?: number | undefined;
}

/**
 * A job that searches on the newest version of a data set; it starts at once.
 * @throws DomainError NOT_FOUND for the data set; INVALID_INPUT for parameters, or columns that the data set has not.
 */
export async function createClusteringSearch(core: Core, request: NewSearch): Promise<Job> {
  const job = await core.database.fork().transactional(async (tx) => {
    const { id } = await requireDataset(tx, request.datasetId);
    // Its deletion waits for this, or this finds it deleted.
    await lockGroup(tx, datasetGroup(id));
    const table = await requireTable(tx, await requireDataset(tx, id));
    const pipeline = pipelineNamed(core, CLUSTERING_SEARCH);
    const params = parseParams(pipeline, request.params ?? {});
    const { columns, label_column } = searchParams.parse(params);
    const preprocessing = PREPARATIONS[REFERENCE].params;
    expectedSize(table, clusteringParams.parse({ columns, label_column, preprocessing }));
    const { column_groups } = await rolesForJob(tx, table, params);
    return createJob(tx, core.queue, {
      pipeline,
      datasetVersion: table.datasetVersion.getEntity(),
      params: column_groups === undefined ? params : { ...params, column_groups },
      seed: request.seed ?? core.config.seed,
    });
  });
  core.events.publish(jobUpdated(job));
  core.queue.wake();
  return job;
}

/** @throws DomainError NOT_FOUND, also for a job of another pipeline. */
export const clusteringSearch = (core: Core, id: string): Promise<Job> => jobOf(core, CLUSTERING_SEARCH, id);

/** Newest first, by place. @throws DomainError INVALID_INPUT */
export const listClusteringSearches = (core: Core, page: Page): Promise<Job[]> =>
  listClusteringJobs(core, page, CLUSTERING_SEARCH);

/** @throws DomainError NOT_FOUND; ARTIFACT_MISSING before the search has ended. */
export async function searchLeaderboard(core: Core, id: string): Promise<Leaderboard> {
  const { objectKey } = await clusteringFile(core, id, LEADERBOARD, CLUSTERING_SEARCH);
  return leaderboard.parse(JSON.parse((await core.objects.get(objectKey)).toString('utf8')));
}

/**
 * A clustering job with the parameters and the seed of a trial, on the newest version of the search's data set.
 * @param options.rank of the trial; the winner's unless given.
 * @throws DomainError NOT_FOUND; ARTIFACT_MISSING; INVALID_INPUT for a rank that nothing has; INVALID_STATE where no trial is worth it.
 */
export async function createJobFromSearch(
  core: Core,
  id: string,
  options: { readonly rank?: number | undefined; readonly start?: boolean | undefined },
): Promise<Job> {
  const search = await clusteringSearch(core, id);
  const { params } = await entryOf(core, id, options.rank);
  return createClusteringJob(core, {
    datasetId: search.datasetVersion?.getEntity().dataset.id ?? '',
    params,
    seed: search.seed,
    start: options.start,
  });
}

/**
 * Saves the parameters of a trial under a name, to start clustering jobs from.
 * @throws DomainError as createJobFromSearch, and INVALID_INPUT for a name that is none.
 */
export async function savePresetFromSearch(
  core: Core,
  id: string,
  options: { readonly rank?: number | undefined; readonly name: string },
): Promise<PresetView> {
  const { entry, params } = await entryOf(core, id, options.rank);
  const description = `Found by the search ${id}, rank ${entry.rank}: ${entry.name}`;
  return savePreset(core, { pipeline: CLUSTERING, name: options.name, description, params });
}

async function entryOf(
  core: Core,
  id: string,
  rank: number | undefined,
): Promise<{ readonly entry: LeaderboardEntry; readonly params: Record<string, Json> }> {
  const { entries } = await searchLeaderboard(core, id);
  const [first] = entries;
  if (rank === undefined && !isWinner(first)) {
    throw new DomainError('INVALID_STATE', 'The search found no clusters that are worth a job; name a rank to try it', {
      details: { id, field: 'rank' },
    });
  }
  const entry = rank === undefined ? first : entries.find((one) => one.rank === rank);
  if (entry?.params) return { entry, params: entry.params as Record<string, Json> };
  const most = entries.filter((one) => one.rank !== null).length;
  throw new DomainError('INVALID_INPUT', `rank must be 1 to ${most}`, { details: { field: 'rank' } });
}
