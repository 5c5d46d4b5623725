/** Use cases of schedules. */
import type { Core } from '../core.ts';
import { isId } from '../db/ids.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import { lockGroup } from '../jobs/lease.ts';
import { checkCron, nextDue } from './cron.ts';
import { announce, startRun } from './fire-schedules.ts';
import { Schedule } from './schedule.entity.ts';
import { ScheduleRun } from './schedule-run.entity.ts';
import { checkRequest } from './starters.ts';

export const MOST_SCHEDULES = 1000;
const LONGEST_NAME = 200;
const UTC = 'UTC';

export interface NewSchedule {
  readonly name: string;
  readonly pipeline: string;
  readonly request: unknown;
  readonly cron: string;
  /** UTC unless given. */
  readonly timeZone?: string | undefined;
  readonly enabled?: boolean | undefined;
}

/** What is undefined stays. */
export type ScheduleChange = {
  readonly [Key in Exclude<keyof NewSchedule, 'pipeline'>]?: NewSchedule[Key] | undefined;
};

/** @throws DomainError INVALID_INPUT naming what is wrong, also a name that is taken; TOO_LARGE. */
export async function createSchedule(core: Core, said: NewSchedule): Promise<Schedule> {
  const { pipeline, cron, timeZone = UTC, enabled = true } = said;
  checkCron({ expression: cron, timeZone });
  const request = checkRequest(pipeline, said.request);
  return core.database.fork().transactional(async (tx) => {
    await lockGroup(tx, 'schedules');
    if ((await tx.count(Schedule, {})) >= MOST_SCHEDULES)
      throw new DomainError('TOO_LARGE', `There are ${MOST_SCHEDULES} schedules; delete one first`);
    const name = await freeName(tx, said.name);
    const nextDueAt = enabled ? nextDue({ expression: cron, timeZone }, new Date()) : null;
    const schedule = tx.create(Schedule, { name, pipeline, request, cron, timeZone, enabled, nextDueAt });
    await tx.flush();
    return schedule;
  });
}

/** What is not named stays. A schedule that goes on after a pause makes up for nothing. @throws DomainError NOT_FOUND and as `createSchedule`. */
export async function changeSchedule(core: Core, id: string, said: ScheduleChange): Promise<Schedule> {
  return core.database.fork().transactional(async (tx) => {
    await lockGroup(tx, 'schedules');
    const schedule = await lockedSchedule(tx, id);
    if (said.name !== undefined && said.name.trim() !== schedule.name) schedule.name = await freeName(tx, said.name);
    if (said.request !== undefined) schedule.request = checkRequest(schedule.pipeline, said.request);
    const { cron = schedule.cron, timeZone = schedule.timeZone, enabled = schedule.enabled } = said;
    checkCron({ expression: cron, timeZone });
    const moved = cron !== schedule.cron || timeZone !== schedule.timeZone || enabled !== schedule.enabled;
    if (moved) schedule.nextDueAt = enabled ? nextDue({ expression: cron, timeZone }, new Date()) : null;
    Object.assign(schedule, { cron, timeZone, enabled, error: null, retryAt: null });
    await tx.flush();
    return schedule;
  });
}

/** Its jobs stay. @throws DomainError NOT_FOUND */
export async function deleteSchedule(core: Core, id: string): Promise<Schedule> {
  return core.database.fork().transactional(async (tx) => {
    const schedule = await lockedSchedule(tx, id);
    await tx.nativeDelete(ScheduleRun, { schedule: schedule.id });
    await tx.nativeDelete(Schedule, { id: schedule.id });
    return schedule;
  });
}

/** A run now, beside those that are due. @throws DomainError NOT_FOUND */
export async function runSchedule(core: Core, id: string): Promise<ScheduleRun> {
  const run = await core.database.fork().transactional(async (tx) => {
    const schedule = await lockedSchedule(tx, id);
    return startRun(tx, core, schedule, { dueAt: new Date(), missed: 0, manual: true });
  });
  announce(core, run);
  return run;
}

/** In the order of their names. */
export const listSchedules = (core: Core): Promise<Schedule[]> =>
  core.database.fork().find(Schedule, {}, { orderBy: { name: 'asc' }, limit: MOST_SCHEDULES });

/** @throws DomainError NOT_FOUND */
export const scheduleOf = (core: Core, id: string): Promise<Schedule> => requireSchedule(core.database.fork(), id);

/** Newest first. */
export const runsOf = (core: Core, scheduleId: string, limit: number): Promise<ScheduleRun[]> =>
  core.database
    .fork()
    .find(
      ScheduleRun,
      { schedule: scheduleId },
      { orderBy: { startedAt: 'desc' }, limit, populate: ['job', 'schedule'] },
    );

/** The next times, soonest first; none while it is paused. */
export function dueTimes({ cron, timeZone, nextDueAt }: Schedule, count: number): Date[] {
  const times: Date[] = [];
  for (let due = nextDueAt; due && times.length < count; due = nextDue({ expression: cron, timeZone }, due))
    times.push(due);
  return times;
}

async function requireSchedule(em: Em, id: string): Promise<Schedule> {
  const found = isId(id) ? await em.findOne(Schedule, { id }) : null;
  if (found) return found;
  throw new DomainError('NOT_FOUND', `There is no schedule ${id.slice(0, 60)}`, { details: { id: id.slice(0, 60) } });
}

async function lockedSchedule(tx: Em, id: string): Promise<Schedule> {
  if (isId(id)) await tx.execute('select 1 from schedule where id = ? for update', [id]);
  return requireSchedule(tx, id);
}

async function freeName(tx: Em, wanted: string): Promise<string> {
  const name = wanted.trim();
  if (name === '' || name.length > LONGEST_NAME)
    throw new DomainError('INVALID_INPUT', `name must have 1 to ${LONGEST_NAME} characters`, {
      details: { field: 'name' },
    });
  if ((await tx.count(Schedule, { name })) === 0) return name;
  throw new DomainError('INVALID_INPUT', `There is a schedule ${name} already`, { details: { field: 'name' } });
}
