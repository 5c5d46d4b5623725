import type { Resource } from '../data/resource.ts';
import { succeeded } from '../graphql/failure.ts';
import type { Result } from '../graphql/graphql.ts';
import { DeleteSchedule, ScheduleList, type ScheduleRow } from './schedule-documents.ts';

export type Schedule = Result<typeof ScheduleRow>;

export const scheduleResource: Resource = {
  // They are few: all of them are one page.
  page: async (ask, _request, signal) => {
    const { schedules } = await ask(ScheduleList, {}, { signal });
    return {
      nodes: schedules,
      pageInfo: { endCursor: null, hasNextPage: false },
      totalCount: { count: schedules.length, exact: true },
    };
  },
  remove: async (ask, id) => succeeded((await ask(DeleteSchedule, { id })).result),
};
