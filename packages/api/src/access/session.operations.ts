/** Sessions: a random token in a cookie, of which the database knows the hash. */
import type { Core } from '../core.ts';
import { isId } from '../db/ids.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import type { Caller } from './caller.ts';
import type { Role } from './role.ts';
import { Session } from './session.entity.ts';
import { isToken, newToken, tokenHash } from './tokens.ts';
import { User } from './user.entity.ts';

/** A session ends when nothing came by it for so long, */
export const IDLE_MS = 12 * 3600_000;
/** and so long after it began at the latest. */
export const LONGEST_MS = 7 * 24 * 3600_000;
/** How often a session that is used is written down. */
const SEEN_EVERY_MS = 60_000;
/** Of one user; the ones not used for the longest end first. */
const MOST_SESSIONS = 20;
const LONGEST_AGENT = 300;

export interface OpenedSession {
  readonly token: string;
  readonly session: Session;
}

/** To be called inside the transaction that has found the user to be who they say. */
export async function openSession(tx: Em, user: User, userAgent: string | null): Promise<OpenedSession> {
  const token = newToken();
  const now = new Date();
  const session = tx.create(Session, {
    user,
    tokenHash: tokenHash(token),
    userAgent: userAgent?.slice(0, LONGEST_AGENT) ?? null,
    createdAt: now,
    lastSeenAt: now,
    endsAt: new Date(now.getTime() + LONGEST_MS),
  });
  user.lastSeenAt = now;
  await tx.flush();
  await tx.execute(
    'delete from user_session where id in (select id from user_session where user_id = ? order by last_seen_at desc offset ?)',
    [user.id, MOST_SESSIONS],
  );
  return { token, session };
}

/** When it ends if nothing comes by it any more. */
export const expiryOf = ({ lastSeenAt, endsAt }: Pick<Session, 'lastSeenAt' | 'endsAt'>): Date =>
  new Date(Math.min(lastSeenAt.getTime() + IDLE_MS, endsAt.getTime()));

interface KnownRow {
  readonly session_id: string;
  readonly user_id: string;
  readonly name: string;
  readonly role: Role;
  readonly must_change_password: boolean;
  /** When it was written down last is a while ago. */
  readonly stale: boolean;
}

/** Whose session the token is; undefined for one that has ended, or never began. Every request asks, so it is one plain statement. */
export async function callerOfSession(core: Core, token: string): Promise<Caller | undefined> {
  if (!isToken(token)) return undefined;
  const em = core.database.fork();
  const [row] = await em.execute<KnownRow[]>(
    `select s.id as session_id, u.id as user_id, u.name, u.role, u.must_change_password,
       s.last_seen_at < now() - make_interval(secs => ?) as stale
     from user_session s join user_account u on u.id = s.user_id
     where s.token_hash = ? and u.active and s.ends_at > now() and s.last_seen_at > now() - make_interval(secs => ?)`,
    [SEEN_EVERY_MS / 1000, tokenHash(token), IDLE_MS / 1000],
  );
  if (!row) return undefined;
  const { session_id: sessionId, user_id: userId, name, role, must_change_password: mustChangePassword } = row;
  if (row.stale) {
    const lastSeenAt = new Date();
    await em.nativeUpdate(Session, { id: sessionId }, { lastSeenAt });
    await em.nativeUpdate(User, { id: userId }, { lastSeenAt });
  }
  return { kind: 'user', name, role, userId, sessionId, mustChangePassword };
}

/** Those of a user that go on, the last used first. */
export async function sessionsOf(core: Core, userId: string): Promise<Session[]> {
  const found = await core.database
    .fork()
    .find(Session, { user: userId }, { orderBy: { lastSeenAt: 'desc' }, limit: MOST_SESSIONS });
  const now = new Date();
  return found.filter((session) => expiryOf(session) > now);
}

/** @param ofUser whose it must be; anybody's where undefined. @throws DomainError NOT_FOUND */
export async function endSession(core: Core, id: string, ofUser: string | undefined): Promise<Session> {
  const em = core.database.fork();
  const where = ofUser === undefined ? { id } : { id, user: ofUser };
  const session = isId(id) ? await em.findOne(Session, where) : null;
  if (!session) throw new DomainError('NOT_FOUND', 'There is no such session of yours', { details: { field: 'id' } });
  await em.nativeDelete(Session, { id });
  return session;
}

export const endSessionsOf = (tx: Em, userId: string): Promise<number> => tx.nativeDelete(Session, { user: userId });
