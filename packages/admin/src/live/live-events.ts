import type { QueryClient } from '@tanstack/react-query';
import type { AnyDocument, Result } from '../graphql/graphql.ts';
import { DeploymentChanged, DriftReported, JobUpdated, ModelPromoted, VersionUpdated } from './live-documents.ts';
import { patchRecords } from './patch-records.ts';
import { JOB_KINDS, refetchSoon } from './refetch-soon.ts';
import type { Live } from './socket.ts';

/** First parts of query keys that show a kind of thing in ways that a patch by id cannot make right: new rows, totals, what serves now. */
const LISTS = {
  jobs: JOB_KINDS,
  versions: ['versions', 'overview'],
  models: ['models', 'promotions', 'overview'],
  drift: ['drift', 'versions', 'overview'],
  deployments: ['models', 'deployments', 'overview', 'lookalike'],
} as const;

interface LiveEvent {
  start(live: Live, client: QueryClient): () => void;
}

function liveEvent<D extends AnyDocument>(
  document: D,
  apply: (client: QueryClient, news: Result<D>) => void,
): LiveEvent {
  return { start: (live, client) => live.follow(document, {} as never, (news) => apply(client, news)) };
}

/** THE LIST of news that the whole console follows; those of one job are followed by its page. */
export const LIVE_EVENTS: readonly LiveEvent[] = [
  liveEvent(JobUpdated, (client, { jobUpdated }) => {
    const shown = patchRecords(client, jobUpdated);
    // An end moves it between lists and adds what only the server knows.
    if (!shown || jobUpdated.finishedAt !== null) refetchSoon(client, LISTS.jobs);
  }),
  liveEvent(VersionUpdated, (client, { versionUpdated }) => {
    patchRecords(client, versionUpdated);
    refetchSoon(client, LISTS.versions);
  }),
  liveEvent(DeploymentChanged, (client) => refetchSoon(client, LISTS.deployments)),
  liveEvent(DriftReported, (client, { driftReported }) => {
    patchRecords(client, driftReported);
    refetchSoon(client, LISTS.drift);
  }),
  liveEvent(ModelPromoted, (client, { modelPromoted }) => {
    patchRecords(client, modelPromoted.modelVersion);
    if (modelPromoted.previous) patchRecords(client, modelPromoted.previous);
    refetchSoon(client, LISTS.models);
  }),
];
