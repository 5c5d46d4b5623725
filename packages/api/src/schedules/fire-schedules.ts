/** Makes the jobs of schedules that are due. Any number of processes may do so at once. */
import type { Core } from '../core.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import type { Job } from '../jobs/job.entity.ts';
import { jobUpdated } from '../jobs/job-event.ts';
import { lastDue, nextDue } from './cron.ts';
import { Schedule } from './schedule.entity.ts';
import { ScheduleRun } from './schedule-run.entity.ts';
import { starterOf } from './starters.ts';

/** A schedule whose run breaks off for a reason that is no answer, such as a fault of ours, is tried again after so long. */
export const RETRY_AFTER_MS = 60_000;

/**
 * The run, its job and when the schedule is due next are one transaction: a crash leaves all or nothing, and a time has one run. Of
 * times that passed while nobody was there, the last one is run. One schedule that fails holds up no other: it keeps its time.
 * @returns the runs that were made.
 */
export async function fireSchedules(core: Core, now: Date): Promise<ScheduleRun[]> {
  const made: ScheduleRun[] = [];
  for (const id of await dueSchedules(core, now)) {
    try {
      const run = await core.database.fork().transactional((tx) => fireOne(tx, core, id, now));
      if (!run) continue;
      announce(core, run);
      made.push(run);
    } catch (error) {
      await putOff(core, id, error, now);
    }
  }
  return made;
}

const DUE = 'enabled and next_due_at <= ? and (retry_at is null or retry_at <= ?)';

async function dueSchedules(core: Core, now: Date): Promise<string[]> {
  const at = now.toISOString();
  const rows = await core.database
    .fork()
    .execute<{ id: string }[]>(`select id from schedule where ${DUE} order by next_due_at, id`, [at, at]);
  return rows.map(({ id }) => id);
}

/** @returns undefined where another process has it, or has run it since. */
async function fireOne(tx: Em, core: Core, id: string, now: Date): Promise<ScheduleRun | undefined> {
  const at = now.toISOString();
  const locked = await tx.execute(`select 1 from schedule where id = ? and ${DUE} for update skip locked`, [
    id,
    at,
    at,
  ]);
  if (locked.length === 0) return undefined;
  const schedule = await tx.findOneOrFail(Schedule, id);
  const cron = { expression: schedule.cron, timeZone: schedule.timeZone };
  const { due, times } = lastDue(cron, schedule.nextDueAt ?? now, now);
  Object.assign(schedule, { nextDueAt: nextDue(cron, now), error: null, retryAt: null });
  return startRun(tx, core, schedule, { dueAt: due, missed: times - 1, manual: false });
}

/** Notes why the run broke off. Where the database itself is away this throws, and the next look finds all as it was. */
async function putOff(core: Core, id: string, error: unknown, now: Date): Promise<void> {
  core.logger.error({ schedule: id, err: error }, 'a schedule failed and is tried again in a minute');
  const retryAt = new Date(now.getTime() + RETRY_AFTER_MS);
  const why = (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_REASON);
  await core.database.fork().nativeUpdate(Schedule, { id, nextDueAt: { $lte: now } }, { error: why, retryAt });
}
const LONGEST_REASON = 2000;

/** A run of the schedule, in the caller's transaction; one whose job cannot be made says why. */
export async function startRun(
  tx: Em,
  core: Core,
  schedule: Schedule,
  facts: Pick<ScheduleRun, 'dueAt' | 'missed' | 'manual'>,
): Promise<ScheduleRun> {
  const outcome = await jobOf(tx, core, schedule, facts.dueAt);
  const run = tx.create(ScheduleRun, { schedule, ...facts, ...outcome });
  await tx.flush();
  return run;
}

async function jobOf(
  tx: Em,
  core: Core,
  { pipeline, request, timeZone }: Schedule,
  at: Date,
): Promise<{ job?: Job; error?: string }> {
  try {
    return { job: await starterOf(pipeline).start(tx, core, request, { at, timeZone }) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { error: `${error.code}: ${error.message}` };
  }
}

/** After the transaction. */
export function announce(core: Core, { schedule, job, error }: ScheduleRun): void {
  const { id, name } = schedule.getEntity();
  if (job) {
    core.events.publish(jobUpdated(job.getEntity()));
    core.queue.wake();
    core.logger.info({ schedule: id, name, job: job.id }, 'a schedule has made a job');
  } else core.logger.warn({ schedule: id, name, reason: error }, 'a schedule was due and could make no job');
}
