import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import type { AnyDocument, Result, Variables } from '../graphql/graphql.ts';
import type { ConnectionState } from './connection.ts';
import { LIVE_EVENTS } from './live-events.ts';
import { keepNews } from './patch-records.ts';
import type { Live } from './socket.ts';

const LiveContext = createContext<Live | null>(null);

export const LiveProvider = LiveContext.Provider;

function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('there is no LiveProvider above');
  return live;
}

export function useConnection(): ConnectionState {
  const { connection } = useLive();
  return useSyncExternalStore(connection.subscribe, () => connection.state);
}

/** Follows a subscription while the component is there, anew whenever `key` changes; without a key it follows nothing. */
export function useFollow<D extends AnyDocument>(
  document: D,
  variables: Variables<D>,
  key: string | undefined,
  listener: (news: Result<D>) => void,
): void {
  const live = useLive();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the variables; the listener reads through its closure
  useEffect(() => (key === undefined ? undefined : live.follow(document, variables, listener)), [live, document, key]);
}

/** Everything that the whole console follows; after a gap what is on the screen is fetched anew. */
export function LiveData({ children }: { readonly children: ReactNode }) {
  const live = useLive();
  const client = useQueryClient();
  useEffect(() => {
    const stops = LIVE_EVENTS.map((event) => event.start(live, client));
    stops.push(
      keepNews(client),
      live.onCatchUp(() => void client.invalidateQueries()),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [live, client]);
  return children;
}
