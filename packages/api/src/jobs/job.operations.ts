import { type Core, pipelineNamed } from '../core.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { isId } from '../db/ids.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import type { DomainEvent } from '../events/events.ts';
import { checkStage, createJob } from './create-job.ts';
import { endJob, versionUpdated } from './end-job.ts';
import { Job } from './job.entity.ts';
import { jobUpdated } from './job-event.ts';
import { StageRun } from './stage-run.entity.ts';

/** @throws DomainError NOT_FOUND */
export async function getJob(core: Core, id: string): Promise<Job> {
  if (!isId(id)) throw jobNotFound(id);
  const job = await core.database.fork().findOne(Job, { id, deletedAt: null }, { populate: ['datasetVersion'] });
  if (!job) throw jobNotFound(id);
  return job;
}

/** The stages of a job in their order. */
export async function listStageRuns(core: Core, jobId: string): Promise<StageRun[]> {
  return core.database.fork().find(StageRun, { job: jobId }, { orderBy: { ordinal: 'asc' } });
}

/**
 * Cancels a job: at once if it waits, within about a second if it runs. What its finished stages did stays.
 *
 * @throws DomainError NOT_FOUND; INVALID_STATE when it has ended.
 */
export async function cancelJob(core: Core, id: string): Promise<Job> {
  const { job, events } = await core.database.fork().transactional(async (tx) => {
    const job = await lockJob(tx, id);
    if (job.status === 'pending' || job.status === 'paused')
      return { job, events: await endJob(tx, job, core.queue, { status: 'cancelled' }) };
    if (job.status !== 'running') throw wrongState(job, 'cancelled');
    job.cancelRequested = true;
    await tx.flush();
    return { job, events: [] };
  });
  core.runner.cancel(id);
  core.jobLog.write(id, { level: 'warning', message: 'is to be cancelled: somebody asked for it' });
  publish(core, events);
  core.queue.wake();
  return job;
}

/**
 * Lets a paused job go on, to the end or until a stage is done.
 *
 * @throws DomainError NOT_FOUND; INVALID_INPUT without such a stage; INVALID_STATE unless it is paused before that stage's end.
 */
export async function continueJob(core: Core, id: string, until?: string): Promise<Job> {
  const job = await core.database.fork().transactional(async (tx) => {
    const job = await lockJob(tx, id);
    if (until !== undefined) checkStage(pipelineNamed(core, job.pipeline), until);
    if (job.status !== 'paused') throw wrongState(job, 'continued');
    const [run] = until === undefined ? [] : await tx.find(StageRun, { job: id, name: until });
    if (run && run.finishedAt !== null) {
      throw new DomainError('INVALID_STATE', `Stage ${until} of the job is done already`, {
        details: { id, stage: until ?? null },
      });
    }
    job.status = 'pending';
    job.until = until ?? null;
    job.attempt = 0;
    await tx.flush();
    await core.queue.enqueue(tx, job.id);
    return job;
  });
  core.jobLog.write(id, { level: 'info', message: until === undefined ? 'is to go on' : `is to go on until ${until}` });
  publish(core, [jobUpdated(job)]);
  core.queue.wake();
  return job;
}

/**
 * Runs a failed or cancelled job again, from its last finished stage.
 *
 * @throws DomainError NOT_FOUND; INVALID_STATE when it waits, runs or is completed.
 */
export async function retryJob(core: Core, id: string): Promise<Job> {
  const { job, events } = await core.database.fork().transactional(async (tx) => {
    const job = await lockJob(tx, id);
    if (job.status !== 'failed' && job.status !== 'cancelled') throw wrongState(job, 'retried');
    const events: DomainEvent[] = [];
    Object.assign(job, {
      status: 'pending',
      error: null,
      outcome: null,
      cancelRequested: false,
      attempt: 0,
      message: '',
      finishedAt: null,
    });
    await tx.nativeUpdate(
      StageRun,
      { job: id, status: { $in: ['failed', 'running', 'skipped'] } },
      { status: 'pending', error: null, progress: 0 },
    );
    const version = job.datasetVersion && (await tx.findOneOrFail(DatasetVersion, job.datasetVersion.id));
    if (version?.status === 'failed') {
      version.status = 'committed';
      events.push(versionUpdated(version));
    }
    await tx.flush();
    await core.queue.enqueue(tx, job.id);
    return { job, events: [jobUpdated(job), ...events] };
  });
  core.jobLog.write(id, { level: 'info', message: 'is to be tried again' });
  publish(core, events);
  core.queue.wake();
  return job;
}

/**
 * A new job on the same data, with other parameters or another seed. Stages that neither changes are reused.
 *
 * @param changes.params replace the old job's, by name.
 * @throws DomainError NOT_FOUND; INVALID_INPUT; UNKNOWN_PIPELINE
 */
export async function rerunJob(
  core: Core,
  id: string,
  changes: { params?: Record<string, unknown>; seed?: number } = {},
): Promise<Job> {
  if (!isId(id)) throw jobNotFound(id);
  if (changes.seed !== undefined && changes.seed < 0) {
    throw new DomainError('INVALID_INPUT', `seed must be 0 or more, not ${changes.seed}`, {
      details: { field: 'seed' },
    });
  }
  const job = await core.database.fork().transactional(async (tx) => {
    const old = await tx.findOne(Job, { id }, { populate: ['datasetVersion'] });
    if (!old) throw jobNotFound(id);
    return createJob(tx, core.queue, {
      pipeline: pipelineNamed(core, old.pipeline),
      datasetVersion: old.datasetVersion?.$,
      params: { ...old.params, ...changes.params },
      seed: changes.seed ?? old.seed,
      group: old.group ?? undefined,
    });
  });
  publish(core, [jobUpdated(job)]);
  core.queue.wake();
  return job;
}

async function lockJob(tx: Em, id: string): Promise<Job> {
  if (!isId(id)) throw jobNotFound(id);
  await tx.execute('select 1 from job where id = ? for update', [id]);
  const job = await tx.findOne(Job, { id });
  if (!job) throw jobNotFound(id);
  return job;
}

function jobNotFound(id: string): DomainError {
  return new DomainError('NOT_FOUND', `There is no job ${id}`, { details: { id } });
}

function wrongState(job: Job, action: string): DomainError {
  return new DomainError('INVALID_STATE', `A job that is ${job.status} cannot be ${action}`, {
    details: { id: job.id, status: job.status },
  });
}

function publish(core: Core, events: readonly DomainEvent[]): void {
  for (const published of events) core.events.publish(published);
}
