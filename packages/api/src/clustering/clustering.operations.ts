/** Use cases of clustering jobs. What all jobs have in common (cancel, retry, rerun) is in jobs. */
import { Artifact } from '../artifacts/artifact.entity.ts';
import { type Core, pipelineNamed } from '../core.ts';
import { CLUSTERING } from '../datasets/dataset.entity.ts';
import { checkPage, type Page } from '../datasets/page.ts';
import { isId } from '../db/ids.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import { createJob, parseParams } from '../jobs/create-job.ts';
import { Job } from '../jobs/job.entity.ts';
import { continueJob, listStageRuns } from '../jobs/job.operations.ts';
import { jobUpdated } from '../jobs/job-event.ts';
import { lockGroup } from '../jobs/lease.ts';
import type { StageRun } from '../jobs/stage-run.entity.ts';
import type { Json } from '../pipelines/stage.ts';
import { presetNamed } from '../presets/preset.operations.ts';
import { rolesForJob } from '../stores/roles-for-job.ts';
import { requireDataset, requireTable } from '../uploads/stored-tables.ts';
import { removeJobFiles } from '../uploads/sweep-tables.ts';
import { datasetGroup } from '../uploads/upload.operations.ts';
import { clusteringParams } from './clustering-params.ts';
import { checkColumnsOfEarlier, checkEarlierReduction } from './earlier-reduction.ts';

export interface NewClustering {
  readonly datasetId: string;
  /** Its parameters are the ones that `params` does not give. */
  readonly preset?: string | undefined;
  readonly params?: Record<string, Json> | undefined;
  readonly seed?: number | undefined;
  /** Runs to its end; otherwise it waits to be told which stages to run. */
  readonly start?: boolean | undefined;
}

/**
 * Makes a job on the newest version of a data set.
 * @throws DomainError NOT_FOUND for the data set or the preset; INVALID_INPUT for parameters.
 */
export async function createClusteringJob(core: Core, request: NewClustering): Promise<Job> {
  const job = await core.database.fork().transactional((tx) => createClusteringJobIn(tx, core, request));
  core.events.publish(jobUpdated(job));
  core.queue.wake();
  return job;
}

/** The same in the caller's transaction, which tells nobody. */
export async function createClusteringJobIn(tx: Em, core: Core, request: NewClustering): Promise<Job> {
  const preset = request.preset === undefined ? undefined : await presetNamed(core, CLUSTERING, request.preset, tx);
  const { id } = await requireDataset(tx, request.datasetId);
  // Its deletion waits for this, or this finds it deleted.
  await lockGroup(tx, datasetGroup(id));
  const table = await requireTable(tx, await requireDataset(tx, id));
  const pipeline = pipelineNamed(core, CLUSTERING);
  const params = parseParams(pipeline, { ...preset?.params, ...request.params });
  await checkEarlierReduction(tx, clusteringParams.parse(params), table);
  return createJob(tx, core.queue, {
    pipeline,
    datasetVersion: table.datasetVersion.getEntity(),
    params: { ...params, ...(await rolesForJob(tx, table, params)) },
    seed: request.seed ?? core.config.seed,
    until: request.start ? undefined : null,
  });
}

/** @throws DomainError NOT_FOUND, also for a job of another pipeline. */
export const clusteringJob = (core: Core, id: string): Promise<Job> => jobOf(core, CLUSTERING, id);

/** A job of that pipeline. @throws DomainError NOT_FOUND */
export async function jobOf(core: Core, pipeline: string, id: string): Promise<Job> {
  const job = isId(id)
    ? await core.database
        .fork()
        .findOne(Job, { id, pipeline, deletedAt: null }, { populate: ['datasetVersion.dataset'] })
    : null;
  if (job) return job;
  throw new DomainError('NOT_FOUND', `There is no job ${id.slice(0, 60)} of ${pipeline}`, {
    details: { id: id.slice(0, 60) },
  });
}

/**
 * Runs the next stage of a job that waits.
 * @throws DomainError NOT_FOUND; INVALID_STATE where it runs or has ended, or another stage comes first, or this one is done.
 */
export async function runClusteringStage(core: Core, id: string, stage: string): Promise<Job> {
  const job = await clusteringJob(core, id);
  const { stages } = pipelineNamed(core, CLUSTERING);
  const done = new Set((await listStageRuns(core, id)).filter(isDone).map(({ name }) => name));
  if (done.has(stage)) throw outOfOrder(job, stage, `Stage ${stage} is done already`);
  const missing = stages
    .slice(
      0,
      stages.findIndex(({ name }) => name === stage),
    )
    .find(({ name }) => !done.has(name) && !isAside(name));
  if (missing) throw outOfOrder(job, stage, `Stage ${missing.name} comes before ${stage} and is not done`);
  if (stage === 'dimensionality_reduction') await checkColumnsOfEarlier(core.database.fork(), job);
  return continueJob(core, id, WITH[stage] ?? stage);
}

/**
 * Jobs, newest first, by place.
 * @throws DomainError INVALID_INPUT
 */
export async function listClusteringJobs(core: Core, page: Page, pipeline = CLUSTERING): Promise<Job[]> {
  checkPage(page);
  const { limit, offset } = page;
  return core.database.fork().find(Job, { pipeline, deletedAt: null }, { orderBy: { id: 'desc' }, limit, offset });
}

/**
 * Takes a job and its files away.
 * @throws DomainError NOT_FOUND; INVALID_STATE while it waits for a worker or runs.
 */
export async function deleteClusteringJob(core: Core, id: string): Promise<Job> {
  await clusteringJob(core, id);
  return core.database.fork().transactional(async (tx) => {
    await tx.execute('select 1 from job where id = ? for update', [id]);
    const job = await tx.findOneOrFail(Job, { id });
    if (job.status === 'pending' || job.status === 'running') {
      throw new DomainError('INVALID_STATE', 'The job has still to end: cancel it first', {
        details: { id, status: job.status },
      });
    }
    job.deletedAt = new Date();
    await tx.flush();
    await removeJobFiles(core, tx, id);
    return job;
  });
}

/** Stages that nobody asks for by name: they run with the one before them. */
const WITH: Readonly<Record<string, string>> = { clustering: 'risk', visualization: 'report' };
const isAside = (name: string) => Object.values(WITH).includes(name);

const isDone = ({ status }: StageRun) => status === 'completed' || status === 'reused';

const outOfOrder = (job: Job, stage: string, message: string) =>
  new DomainError('INVALID_STATE', message, { details: { id: job.id, stage, status: job.status } });

/**
 * An artifact of a job, by its name.
 * @throws DomainError NOT_FOUND; ARTIFACT_MISSING where no stage has written it, or its bytes were removed.
 */
export async function clusteringFile(core: Core, id: string, name: string, pipeline = CLUSTERING): Promise<Artifact> {
  await jobOf(core, pipeline, id);
  const artifact = await core.database.fork().findOne(Artifact, { job: id, name, deletedAt: null });
  if (artifact) return artifact;
  throw new DomainError('ARTIFACT_MISSING', `The job has no file ${name.slice(0, 100)}`, { details: { id } });
}
