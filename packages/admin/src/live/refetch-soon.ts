import type { QueryClient } from '@tanstack/react-query';

/** News come in bursts; a list is asked for once for all of a burst. */
const BURST_MS = 400;

/** Kinds whose lists and pages show jobs. */
export const JOB_KINDS = ['jobs', 'clusterings', 'searches', 'schedules', 'overview'] as const;

const waiting = new Map<QueryClient, Set<string>>();

/** Has what is on the screen of these kinds fetched anew, a moment later; what is not on it, when it is looked at. */
export function refetchSoon(client: QueryClient, kinds: readonly string[]): void {
  const gathered = waiting.get(client);
  if (gathered) {
    for (const kind of kinds) gathered.add(kind);
    return;
  }
  const fresh = new Set(kinds);
  waiting.set(client, fresh);
  setTimeout(() => {
    waiting.delete(client);
    void client.invalidateQueries({ predicate: ({ queryKey }) => fresh.has(String(queryKey[0])) });
  }, BURST_MS);
}
