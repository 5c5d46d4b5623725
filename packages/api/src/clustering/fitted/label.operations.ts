/** Labels for rows that a job has not seen, by the pipeline that it has fitted. */
import type { Core } from '../../core.ts';
import { pipelineNamed } from '../../core.ts';
import type { Dataset } from '../../datasets/dataset.entity.ts';
import { checkPage, type Page } from '../../datasets/page.ts';
import { DomainError } from '../../errors.ts';
import { createJob } from '../../jobs/create-job.ts';
import { Job } from '../../jobs/job.entity.ts';
import { jobUpdated } from '../../jobs/job-event.ts';
import { lockGroup } from '../../jobs/lease.ts';
import type { Json } from '../../pipelines/stage.ts';
import { listTables, newestTables, requireDataset, requireTable } from '../../uploads/stored-tables.ts';
import { datasetGroup } from '../../uploads/upload.operations.ts';
import { clusteringFile, clusteringJob, jobOf } from '../clustering.operations.ts';
import { PIPELINE_MODEL } from './fitted-pipeline.ts';
import { checkColumns, type Misfit, misfitsOf, tableOfRows } from './given-rows.ts';
import { labelThread } from './label-thread.ts';
import { LABELLING } from './labelling.pipeline.ts';
import { PIPELINE_FACTS, type PipelineFacts, pipelineFacts } from './pipeline-facts.ts';

/** Rows of a request; more are uploaded as a data set. */
export const MOST_GIVEN_ROWS = 1000;

export interface GivenLabels {
  readonly facts: PipelineFacts;
  readonly rows: readonly { readonly cluster: number; readonly value: number | null }[];
}

/**
 * Labels of rows, each an object of values by column.
 * @throws DomainError NOT_FOUND; ARTIFACT_MISSING before the job's clustering; INVALID_INPUT naming row and column of what is wrong with
 * the rows, or what to choose where a method of the job can place no new rows; TOO_LARGE; RATE_LIMITED.
 */
export async function labelRows(core: Core, jobId: string, rows: readonly Json[]): Promise<GivenLabels> {
  if (rows.length === 0) throw new DomainError('INVALID_INPUT', 'There are no rows', { details: { field: 'rows' } });
  if (rows.length > MOST_GIVEN_ROWS) {
    throw new DomainError(
      'TOO_LARGE',
      `A request takes up to ${MOST_GIVEN_ROWS} rows, not ${rows.length}; upload more as a data set and have that labelled`,
      { details: { field: 'rows' } },
    );
  }
  const facts = await factsOf(core, jobId);
  const table = tableOfRows(rows, facts.columns);
  const { hash, objectKey } = await clusteringFile(core, jobId, PIPELINE_MODEL);
  const { labels, values } = await labelThread.ask({ hash, file: await core.objects.path(objectKey), table });
  return {
    facts,
    rows: Array.from(labels, (cluster, row) => ({
      cluster,
      value: Number.isFinite(values[row]) ? values[row] : null,
    })),
  };
}

/**
 * A job that labels the newest version of a data set: its result is `labelled.csv`.
 * @throws DomainError NOT_FOUND; ARTIFACT_MISSING; INVALID_INPUT naming a column that the data set lacks, has too many, or of another type.
 */
export async function labelDataset(core: Core, jobId: string, datasetId: string): Promise<Job> {
  const facts = await factsOf(core, jobId);
  const job = await core.database.fork().transactional(async (tx) => {
    const { id } = await requireDataset(tx, datasetId);
    await lockGroup(tx, datasetGroup(id));
    const table = await requireTable(tx, await requireDataset(tx, id));
    checkColumns(table.columns, facts.columns);
    return createJob(tx, core.queue, {
      pipeline: pipelineNamed(core, LABELLING),
      datasetVersion: table.datasetVersion.getEntity(),
      params: { job: jobId },
      seed: core.config.seed,
    });
  });
  core.events.publish(jobUpdated(job));
  core.queue.wake();
  return job;
}

/** @throws DomainError NOT_FOUND */
export const labellingJob = (core: Core, id: string): Promise<Job> => jobOf(core, LABELLING, id);

/** The labellings by what a job has fitted, newest first. @throws DomainError NOT_FOUND; INVALID_INPUT for a page that is none. */
export async function listLabellings(core: Core, jobId: string, page: Page): Promise<Job[]> {
  checkPage(page);
  await clusteringJob(core, jobId);
  const { limit, offset } = page;
  return core.database
    .fork()
    .find(
      Job,
      { pipeline: LABELLING, params: { job: jobId }, deletedAt: null },
      { orderBy: { id: 'desc' }, limit, offset },
    );
}

/** A data set, and what keeps it from being labelled by a job. */
export interface LabelCandidate {
  readonly dataset: Dataset;
  readonly rows: number;
  readonly misfits: readonly Misfit[];
}

/**
 * Data sets, newest first, each with what keeps it from being labelled by what a job has fitted.
 * @throws DomainError as labelDataset does for the job; INVALID_INPUT for a page that is none.
 */
export async function listLabelCandidates(core: Core, jobId: string, page: Page): Promise<LabelCandidate[]> {
  const { columns } = await factsOf(core, jobId);
  const em = core.database.fork();
  const datasets = await listTables(em, page);
  const tables = await newestTables(
    em,
    datasets.map(({ id }) => id),
  );
  return datasets.flatMap((dataset) => {
    const table = tables.get(dataset.id);
    return table ? [{ dataset, rows: table.rows, misfits: misfitsOf(table.columns, columns) }] : [];
  });
}

/** @throws DomainError INVALID_INPUT where the pipeline can place no new rows. */
async function factsOf(core: Core, jobId: string): Promise<PipelineFacts> {
  const { objectKey } = await clusteringFile(core, jobId, PIPELINE_FACTS);
  const facts = pipelineFacts.parse(JSON.parse((await core.objects.get(objectKey)).toString('utf8')));
  if (facts.refusal === null) return facts;
  throw new DomainError('INVALID_INPUT', `The job cannot label new rows: ${facts.refusal}`, {
    details: { field: 'dimensionality_reduction' },
  });
}
