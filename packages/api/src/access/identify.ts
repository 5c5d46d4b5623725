import type { Core } from '../core.ts';
import { callerOfKey } from './api-key.operations.ts';
import { type Caller, isKnown, REST, STRANGER } from './caller.ts';
import { callerOfSession } from './session.operations.ts';
import { prefixOf, sameHash, tokenHash } from './tokens.ts';

/** The cookie of a session. */
export const SESSION_COOKIE = 'kindred_session';

/** What a request has to show. A door hands over only what it takes from there. */
export interface Credentials {
  readonly authorization?: string | undefined;
  /** What the session's cookie holds. */
  readonly session?: string | undefined;
}

/**
 * Who shows these credentials. What stands in Authorization goes before the cookie.
 *
 * @returns undefined for a key or token that is none, or is no longer; an ended session is a stranger's.
 */
export async function identify(core: Core, { authorization, session }: Credentials): Promise<Caller | undefined> {
  const token = /^Bearer +(\S.*)$/i.exec(authorization ?? '')?.[1];
  if (token !== undefined) {
    const { restToken } = core.config;
    // By their hashes, because the comparison needs equal lengths.
    if (restToken !== undefined && sameHash(tokenHash(token), tokenHash(restToken))) return REST;
    if (prefixOf(token) !== undefined) return core.callers.find(token, () => callerOfKey(core, token));
    if (restToken !== undefined || token.startsWith('kdr_')) return undefined;
  }
  if (session === undefined) return STRANGER;
  return (await core.callers.find(session, () => callerOfSession(core, session))) ?? STRANGER;
}

/** Whether the credentials still are those of somebody known. */
export async function stillKnown(core: Core, credentials: Credentials): Promise<boolean> {
  const caller = await identify(core, credentials);
  return caller !== undefined && isKnown(caller);
}

/** The value of a cookie in the header of that name. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}
