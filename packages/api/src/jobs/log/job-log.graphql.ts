import { builder } from '../../graphql/builder.ts';
import { connectionOf, PageOrder } from '../../graphql/connection.ts';
import type { Json } from '../../pipelines/stage.ts';
import { JobRef } from '../job.graphql.ts';
import { KEPT_DAYS, LINES_OF_JOB } from './job-log.ts';
import { JobLogLine, LOG_LEVELS, type LogLevel } from './log-line.entity.ts';

const Level = builder.enumType('LogLevel', { values: LOG_LEVELS });

interface Line {
  readonly id: string;
  readonly stage?: string | null | undefined;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: { readonly [key: string]: Json };
  readonly at: Date;
}

const LineRef = builder.objectRef<Line>('JobLogLine').implement({
  description: 'What a job said of itself.',
  fields: (t) => ({
    cursor: t.exposeString('id', { description: 'To read on from here with `logs(after: ...)`.' }),
    at: t.field({ type: 'DateTime', resolve: (line) => line.at }),
    level: t.field({ type: Level, resolve: (line) => line.level }),
    stage: t.exposeString('stage', { nullable: true, description: 'Null where the runner of jobs says it.' }),
    message: t.exposeString('message'),
    fields: t.field({ type: 'Json', description: 'Facts beside the message.', resolve: (line) => line.fields }),
  }),
});

const levelArgument = 'The least that counts.';

builder.objectField(JobRef, 'logs', (t) =>
  t.connection({
    type: LineRef,
    description: `Oldest first. The newest ${LINES_OF_JOB.toLocaleString('en')} lines are kept, for ${KEPT_DAYS} days.`,
    args: {
      level: t.arg({ type: Level, defaultValue: 'info', description: levelArgument }),
      order: t.arg({ type: PageOrder, defaultValue: 'asc' }),
    },
    resolve: (job, args, { core }) =>
      connectionOf(core, JobLogLine, args, { job: job.id, level: { $in: [...from(args.level)] } }),
  }),
);

builder.subscriptionField('jobLogged', (t) =>
  t.field({
    type: LineRef,
    description: 'Lines of a job as they are kept; those before are in `Job.logs`.',
    args: {
      job: t.arg.globalID({ required: true, for: JobRef }),
      level: t.arg({ type: Level, defaultValue: 'info', description: levelArgument }),
    },
    subscribe: (_root, { job, level }, { core }) => {
      const levels = from(level);
      return core.events.stream('jobLogged', {
        filter: (line) => line.jobId === job.id && levels.includes(line.level),
      });
    },
    resolve: ({ at, ...line }) => ({ ...line, at: new Date(at) }),
  }),
);

function from(level: LogLevel | null | undefined): readonly LogLevel[] {
  return LOG_LEVELS.slice(LOG_LEVELS.indexOf(level ?? 'info'));
}
