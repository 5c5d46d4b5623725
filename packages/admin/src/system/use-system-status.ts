import { useState } from 'react';
import { useQuestion } from '../graphql/use-ask.tsx';
import { useFollow } from '../live/live-data.tsx';
import { type StatusHistory, withStatus } from './status-history.ts';
import { SystemStatusChanged, SystemStatusNow } from './system-documents.ts';

const EVERY_SECONDS = 3;

/** How the service is, again and again, and how it was while the page was open. */
export function useSystemStatus() {
  const [history, setHistory] = useState<StatusHistory>([]);
  useFollow(SystemStatusChanged, { everySeconds: EVERY_SECONDS }, 'system', ({ systemStatusChanged }) =>
    setHistory((before) => withStatus(before, systemStatusChanged)),
  );
  const { data, error, refetch } = useQuestion(['system'], SystemStatusNow, {});
  const status = history.at(-1) ?? data?.systemStatus;
  return { status, history, error: status ? null : error, refetch };
}
