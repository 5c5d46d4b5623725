import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { type Failure, succeeded } from '../graphql/failure.ts';
import type { Result } from '../graphql/graphql.ts';
import { useAsk } from '../graphql/use-ask.tsx';
import { useFollow } from '../live/live-data.tsx';
import { JobLog, JobLogged, type JobLogLine } from './job-documents.ts';

export const LEVELS = ['debug', 'info', 'warning', 'error'] as const;
export type Level = (typeof LEVELS)[number];
export type Line = Result<typeof JobLogLine>;

interface Page {
  readonly lines: readonly Line[];
  /** Where older lines end; null at the first line. */
  readonly before: string | null;
}

interface Pages {
  readonly pages: readonly Page[];
  readonly pageParams: readonly (string | null)[];
}

/** The last lines of a job, older ones on demand, newer ones as they are written. */
export function useJobLog(id: string, level: Level, live: boolean) {
  const ask = useAsk();
  const client = useQueryClient();
  const queryKey = ['jobs', 'log', id, level];
  const query = useInfiniteQuery<Page, Failure, Pages, string[], string | null>({
    queryKey,
    queryFn: async ({ pageParam: before, signal }) => {
      const { logs } = succeeded((await ask(JobLog, { id, level, before }, { signal })).job);
      return { lines: logs.nodes, before: logs.pageInfo.hasPreviousPage ? logs.pageInfo.startCursor : null };
    },
    initialPageParam: null,
    getNextPageParam: (page) => page.before,
  });
  useFollow(JobLogged, { job: id, level }, live ? `${id} ${level}` : undefined, ({ jobLogged }) => {
    client.setQueryData(queryKey, (known: Pages | undefined) => known && withLine(known, jobLogged));
  });
  return query;
}

/** The newest page has the new line at its end, unless it was fetched with it. */
export function withLine(known: Pages, line: Line): Pages {
  const [newest, ...older] = known.pages;
  if (!newest || newest.lines.some(({ cursor }) => cursor === line.cursor)) return known;
  return { ...known, pages: [{ ...newest, lines: [...newest.lines, line] }, ...older] };
}
