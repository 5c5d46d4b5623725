/** Schedules, as an administrator or a script keeps them. */

import { z } from 'zod';
import { jsonRoute, plainRoute } from '../route.ts';
import { ERROR_FIELDS } from '../run-document.ts';
import { globalIdOf } from './global-id.ts';

const BASE = '/api/schedules';
const RUN = 'dueAt startedAt missed manual error job { uuid status }';
const FIELDS = `uuid name pipeline request cron timeZone enabled createdAt error dueTimes runs { ${RUN} }`;
const NOT_FOUND = { 404: 'there is no such schedule' };

interface RunAnswer {
  readonly dueAt: Date;
  readonly startedAt: Date;
  readonly missed: number;
  readonly manual: boolean;
  readonly error: string | null;
  readonly job: { readonly uuid: string; readonly status: string } | null;
}

interface ScheduleAnswer {
  readonly uuid: string;
  readonly name: string;
  readonly pipeline: string;
  readonly request: Record<string, unknown>;
  readonly cron: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly createdAt: Date;
  readonly error: string | null;
  readonly dueTimes: readonly Date[];
  readonly runs: readonly RunAnswer[];
}

const runBody = z
  .object({
    due_at: z.iso.datetime(),
    started_at: z.iso.datetime(),
    missed: z.int().meta({ description: 'Earlier times that passed while no worker was there.' }),
    manual: z.boolean(),
    job: z.uuid().nullable(),
    job_status: z.string().nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'ScheduleRun' });

const scheduleBody = z
  .object({
    id: z.uuid(),
    name: z.string(),
    pipeline: z.string(),
    request: z.record(z.string(), z.unknown()),
    cron: z.string(),
    time_zone: z.string(),
    enabled: z.boolean(),
    created_at: z.iso.datetime(),
    error: z.string().nullable().meta({ description: 'Why the last try to make a run broke off, until one succeeds.' }),
    due_times: z.array(z.iso.datetime()),
    runs: z.array(runBody),
  })
  .meta({ id: 'Schedule' });

const iso = (time: Date) => new Date(time).toISOString();

const runJson = ({ dueAt, startedAt, missed, manual, error, job }: RunAnswer) => ({
  due_at: iso(dueAt),
  started_at: iso(startedAt),
  missed,
  manual,
  job: job?.uuid ?? null,
  job_status: job?.status ?? null,
  error,
});

const scheduleJson = ({ uuid, timeZone, createdAt, dueTimes, runs, ...same }: ScheduleAnswer) => ({
  id: uuid,
  ...same,
  time_zone: timeZone,
  created_at: iso(createdAt),
  due_times: dueTimes.map(iso),
  runs: runs.map(runJson),
});

const globalId = (uuid: string): string => globalIdOf('Schedule', uuid);

const changeable = {
  name: z.string(),
  request: z.record(z.string(), z.unknown()),
  cron: z
    .string()
    .meta({ description: 'Minute, hour, day of the month, month, day of the week.', example: '0 3 1 1,4,7,10 *' }),
  time_zone: z.string().meta({ description: 'Of the IANA list; UTC unless given.' }),
  enabled: z.boolean(),
};

export const listSchedules = plainRoute({
  id: 'listSchedules',
  method: 'get',
  path: BASE,
  tag: 'service',
  summary: 'Jobs that are made again and again, with their last runs and next times',
  response: z.array(scheduleBody),
  errors: {},
  document: `query Schedules { schedules { ${FIELDS} } }`,
  async handle(run) {
    return { value: ((await run({})) as readonly ScheduleAnswer[]).map(scheduleJson) };
  },
});

export const createSchedule = jsonRoute({
  id: 'createSchedule',
  method: 'post',
  path: BASE,
  tag: 'service',
  summary: 'Have a job made at the times of a cron expression',
  bodyLimit: 1024 * 1024,
  request: z.strictObject({
    ...changeable,
    pipeline: z.string().meta({ description: 'clustering or stores_mart' }),
    time_zone: changeable.time_zone.optional(),
    enabled: z.boolean().optional(),
  }),
  response: scheduleBody,
  status: 201,
  errors: { 400: 'a field is wrong; `detail` names it' },
  document: `mutation CreateSchedule($name: String!, $pipeline: String!, $request: Json!, $cron: String!, $timeZone: String, $enabled: Boolean) {
    createSchedule(name: $name, pipeline: $pipeline, request: $request, cron: $cron, timeZone: $timeZone, enabled: $enabled) {
      ... on Schedule { ${FIELDS} } ${ERROR_FIELDS} } }`,
  async handle(run, { time_zone, ...said }) {
    return { value: scheduleJson((await run({ ...said, timeZone: time_zone })) as ScheduleAnswer) };
  },
});

export const getSchedule = plainRoute({
  id: 'getSchedule',
  method: 'get',
  path: `${BASE}/{id}`,
  tag: 'service',
  summary: 'A schedule',
  response: scheduleBody,
  errors: NOT_FOUND,
  document: `query Schedule($id: ID!) { schedule(id: $id) { ... on Schedule { ${FIELDS} } ${ERROR_FIELDS} } }`,
  async handle(run, { params: { id } }) {
    return { value: scheduleJson((await run({ id: globalId(id) })) as ScheduleAnswer) };
  },
});

export const changeSchedule = jsonRoute({
  id: 'changeSchedule',
  method: 'patch',
  path: `${BASE}/{id}`,
  tag: 'service',
  summary: 'Change a schedule, pause it or let it go on',
  bodyLimit: 1024 * 1024,
  request: z.strictObject(changeable).partial(),
  response: scheduleBody,
  errors: { ...NOT_FOUND, 400: 'a field is wrong; `detail` names it' },
  document: `mutation ChangeSchedule($id: ID!, $name: String, $request: Json, $cron: String, $timeZone: String, $enabled: Boolean) {
    updateSchedule(id: $id, name: $name, request: $request, cron: $cron, timeZone: $timeZone, enabled: $enabled) {
      ... on Schedule { ${FIELDS} } ${ERROR_FIELDS} } }`,
  async handle(run, { time_zone, ...said }, { params: { id } }) {
    return { value: scheduleJson((await run({ ...said, timeZone: time_zone, id: globalId(id) })) as ScheduleAnswer) };
  },
});

export const removeSchedule = plainRoute({
  id: 'deleteSchedule',
  method: 'delete',
  path: `${BASE}/{id}`,
  tag: 'service',
  summary: 'Delete a schedule; its jobs stay',
  response: z.undefined(),
  status: 204,
  errors: NOT_FOUND,
  document: `mutation DeleteSchedule($id: ID!) { deleteSchedule(id: $id) { ... on Schedule { uuid } ${ERROR_FIELDS} } }`,
  async handle(run, { params: { id } }) {
    await run({ id: globalId(id) });
    return { value: undefined };
  },
});

export const runSchedule = plainRoute({
  id: 'runSchedule',
  method: 'post',
  path: `${BASE}/{id}/run`,
  tag: 'service',
  summary: 'Make a job of a schedule now, beside the times at which it is due',
  response: runBody,
  status: 201,
  errors: NOT_FOUND,
  document: `mutation RunSchedule($id: ID!) { runSchedule(id: $id) { ... on ScheduleRun { ${RUN} } ${ERROR_FIELDS} } }`,
  async handle(run, { params: { id } }) {
    return { value: runJson((await run({ id: globalId(id) })) as RunAnswer) };
  },
});
