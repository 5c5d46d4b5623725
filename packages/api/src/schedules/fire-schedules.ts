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

/**
 * The run, its job and when the schedule is due next are one transaction: a crash leaves all or nothing, and a time has one run. Of
 * times that passed while nobody was there, the last one is run.
 * @returns the runs that were made.
 */
export async function fireSchedules(core: Core, now: Date): Promise<ScheduleRun[]> {
  const made: ScheduleRun[] = [];
  for (;;) {
    const run = await core.database.fork().transactional((tx) => fireOne(tx, core, now));
    if (!run) return made;
    announce(core, run);
    made.push(run);
  }
}

async function fireOne(tx: Em, core: Core, now: Date): Promise<ScheduleRun | undefined> {
  const [row] = await tx.execute<{ id: string }[]>(
    `select id from schedule where enabled and next_due_at <= ?
     order by next_due_at, id limit 1 for update skip locked`,
    [now.toISOString()],
  );
  if (!row) return undefined;
  const schedule = await tx.findOneOrFail(Schedule, row.id);
  const cron = { expression: schedule.cron, timeZone: schedule.timeZone };
  const { due, times } = lastDue(cron, schedule.nextDueAt ?? now, now);
  schedule.nextDueAt = nextDue(cron, now);
  return startRun(tx, core, schedule, { dueAt: due, missed: times - 1, manual: false });
}

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
  { pipeline, request }: Schedule,
  due: Date,
): Promise<{ job?: Job; error?: string }> {
  try {
    return { job: await starterOf(pipeline).start(tx, core, request, due) };
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
