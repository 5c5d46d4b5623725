import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { hasRole, type Me, mayUse, type Role } from './me.ts';
import type { Session } from './session.ts';

const SessionContext = createContext<Session | null>(null);

export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('there is no SessionProvider above');
  return session;
}

export function useMe(): Me | null {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, () => session.me);
}

/** Whether the caller's role may use a mutation: what may not be used is not offered. */
export function useMay(mutation: string): boolean {
  return mayUse(useMe(), mutation);
}

export function useRole(least: Role): boolean {
  return hasRole(useMe(), least);
}

/** Its children, for whoever may use the mutation. */
export function May({ mutation, children }: { readonly mutation: string; readonly children: ReactNode }) {
  return useMay(mutation) ? children : null;
}
