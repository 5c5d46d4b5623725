import { useQueryClient } from '@tanstack/react-query';
import { useQuestion } from '../graphql/use-ask.tsx';
import { useFollow } from '../live/live-data.tsx';
import { OverviewJobs, OverviewState, OverviewSystem, OverviewVersions, SystemChanged } from './overview-documents.ts';

/** Batches come without an event each. */
const RECEIVING_MS = 3_000;

export function useOverviewState() {
  return useQuestion(['overview', 'state'], OverviewState, {});
}

export function useOverviewJobs() {
  return useQuestion(['overview', 'jobs'], OverviewJobs, {});
}

export function useOverviewVersions() {
  return useQuestion(
    ['overview', 'versions'],
    OverviewVersions,
    {},
    {
      every: (data) =>
        data?.datasetVersions.nodes.some(({ status }) => status === 'receiving') ? RECEIVING_MS : false,
    },
  );
}

const SYSTEM = ['overview', 'system'] as const;

/** How the service is: first as it answers, then as it tells again and again. */
export function useSystem() {
  const client = useQueryClient();
  useFollow(SystemChanged, {}, 'system', ({ systemStatusChanged }) => {
    client.setQueriesData({ queryKey: SYSTEM }, { systemStatus: systemStatusChanged });
  });
  return useQuestion(SYSTEM, OverviewSystem, {});
}
