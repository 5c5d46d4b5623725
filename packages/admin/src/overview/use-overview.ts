import { useQuestion } from '../graphql/use-ask.tsx';
import { OverviewJobs, OverviewState, OverviewVersions } from './overview-documents.ts';

/** Health has no event: it is looked at again. */
const LOOK_MS = 15_000;
/** Batches come without an event each. */
const RECEIVING_MS = 3_000;

export function useOverviewState() {
  return useQuestion(['overview', 'state'], OverviewState, {}, { every: LOOK_MS });
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
