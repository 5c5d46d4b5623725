import { builder } from '../graphql/builder.ts';
import { entityById, requiredById, uuidOf } from '../graphql/entities.ts';
import { InvalidInputError, NotFoundError } from '../graphql/expected-errors.ts';
import { Job } from '../jobs/job.entity.ts';
import { JobRef } from '../jobs/job.graphql.ts';
import { Schedule } from './schedule.entity.ts';
import {
  changeSchedule,
  createSchedule,
  deleteSchedule,
  dueTimes,
  listSchedules,
  runSchedule,
  runsOf,
  scheduleOf,
} from './schedule.operations.ts';
import type { ScheduleRun } from './schedule-run.entity.ts';

const MOST_RUNS = 100;

const ScheduleRef = builder.objectRef<Schedule>('Schedule');

const ScheduleRunRef = builder.objectRef<ScheduleRun>('ScheduleRun').implement({
  description: 'A time at which a schedule was due, and what came of it.',
  fields: (t) => ({
    dueAt: t.field({ type: 'DateTime', resolve: (run) => run.dueAt }),
    startedAt: t.field({ type: 'DateTime', resolve: (run) => run.startedAt }),
    missed: t.exposeInt('missed', {
      description: 'Earlier times that passed while no worker was there; they are not made up for.',
    }),
    manual: t.exposeBoolean('manual', { description: 'Asked for by hand.' }),
    job: t.field({
      type: JobRef,
      nullable: true,
      resolve: ({ job }, _args, context) => (job ? requiredById(context, Job, job.id) : null),
    }),
    error: t.exposeString('error', { nullable: true, description: 'Why no job could be made.' }),
  }),
});

builder.node(ScheduleRef, {
  description: 'A job that is made again and again, at the times of a cron expression.',
  id: { resolve: (schedule) => schedule.id },
  isTypeOf: (value) => value instanceof Schedule,
  loadOne: (id, context) => entityById(context, Schedule, id),
  fields: (t) => ({
    uuid: t.string({ resolve: (schedule) => schedule.id }),
    name: t.exposeString('name'),
    pipeline: t.exposeString('pipeline'),
    request: t.field({
      type: 'Json',
      description: 'What the pipeline is asked for.',
      resolve: ({ request }) => request,
    }),
    cron: t.exposeString('cron', { description: 'Minute, hour, day of the month, month, day of the week.' }),
    timeZone: t.exposeString('timeZone', { description: 'Of the IANA list.' }),
    enabled: t.exposeBoolean('enabled'),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    error: t.exposeString('error', {
      nullable: true,
      description: 'Why the last try to make a run broke off; it is tried again until one succeeds or it is changed.',
    }),
    dueTimes: t.field({
      type: ['DateTime'],
      description: 'The next times, soonest first; none while it is paused.',
      args: { count: t.arg.int({ required: true, defaultValue: 5 }) },
      resolve: (schedule, { count }) => dueTimes(schedule, Math.max(0, Math.min(count, MOST_RUNS))),
    }),
    runs: t.field({
      type: [ScheduleRunRef],
      description: 'Newest first.',
      args: { first: t.arg.int({ required: true, defaultValue: 10 }) },
      resolve: ({ id }, { first }, { core }) => runsOf(core, id, Math.max(0, Math.min(first, MOST_RUNS))),
    }),
  }),
});

const id = { required: true, for: ScheduleRef } as const;
const expected = { types: [NotFoundError, InvalidInputError] };

builder.queryFields((t) => ({
  schedules: t.field({
    type: [ScheduleRef],
    description: 'All of them, by name.',
    resolve: (_root, _args, { core }) => listSchedules(core),
  }),
  schedule: t.field({
    type: ScheduleRef,
    errors: { types: [NotFoundError] },
    args: { id: t.arg.globalID(id) },
    resolve: (_root, args, { core }) => scheduleOf(core, uuidOf(args.id)),
  }),
}));

builder.mutationFields((t) => ({
  createSchedule: t.field({
    type: ScheduleRef,
    errors: expected,
    args: {
      name: t.arg.string({ required: true }),
      pipeline: t.arg.string({ required: true, description: 'clustering or stores_mart.' }),
      request: t.arg({ type: 'Json', required: true }),
      cron: t.arg.string({ required: true, description: 'Every quarter: 0 3 1 1,4,7,10 *' }),
      timeZone: t.arg.string({ description: 'UTC unless given.' }),
      enabled: t.arg.boolean(),
    },
    resolve: (_root, { timeZone, enabled, request = null, ...said }, { core }) =>
      createSchedule(core, { ...said, request, timeZone: timeZone ?? undefined, enabled: enabled ?? undefined }),
  }),
  updateSchedule: t.field({
    type: ScheduleRef,
    description: 'What is not named stays. One that goes on after a pause makes up for nothing.',
    errors: expected,
    args: {
      id: t.arg.globalID(id),
      name: t.arg.string(),
      request: t.arg({ type: 'Json' }),
      cron: t.arg.string(),
      timeZone: t.arg.string(),
      enabled: t.arg.boolean(),
    },
    resolve: (_root, { id, name, request, cron, timeZone, enabled }, { core }) =>
      changeSchedule(core, uuidOf(id), {
        name: name ?? undefined,
        request: request ?? undefined,
        cron: cron ?? undefined,
        timeZone: timeZone ?? undefined,
        enabled: enabled ?? undefined,
      }),
  }),
  deleteSchedule: t.field({
    type: ScheduleRef,
    description: 'Its jobs stay.',
    errors: { types: [NotFoundError] },
    args: { id: t.arg.globalID(id) },
    resolve: (_root, args, { core }) => deleteSchedule(core, uuidOf(args.id)),
  }),
  runSchedule: t.field({
    type: ScheduleRunRef,
    description: 'Once now, beside the times at which it is due.',
    errors: { types: [NotFoundError] },
    args: { id: t.arg.globalID(id) },
    resolve: (_root, args, { core }) => runSchedule(core, uuidOf(args.id)),
  }),
}));
