/** Signing in and out, and one's own password. */
import type { Core } from '../core.ts';
import { DomainError } from '../errors.ts';
import type { Caller, CallFacts } from './caller.ts';
import { lockedUser } from './locked-user.ts';
import { checkPassword, hashPassword, isPassword } from './password.ts';
import { endSessionsOf, type OpenedSession, openSession } from './session.operations.ts';
import { countAttempt, forgiveAttempt } from './sign-in-throttle.ts';
import { User } from './user.entity.ts';
import { meantName } from './user-name.ts';

type SetSession = NonNullable<CallFacts['setSession']>;

/** @throws DomainError UNAUTHENTICATED, whatever was wrong; RATE_LIMITED with `retryAfter`. */
export async function signIn(core: Core, said: { name: string; password: string }, facts: CallFacts): Promise<Caller> {
  const setSession = cookieDoor(facts);
  const name = meantName(said.name);
  await countAttempt(core, name, facts.address);
  const em = core.database.fork();
  const user = await em.findOne(User, { name });
  const right = await isPassword(said.password, user?.passwordHash);
  if (!user?.active || !right) throw wrongPassword();
  await forgiveAttempt(core, name, facts.address);
  const { passwordHash } = user;
  return em.transactional(async (tx) => {
    const locked = await lockedUser(tx, user.id);
    if (!locked.active || locked.passwordHash !== passwordHash) throw wrongPassword();
    return handOver(await openSession(tx, locked, facts.userAgent), locked, setSession);
  });
}

/** Every session of the user ends; this caller gets a new one. @throws DomainError INVALID_INPUT, RATE_LIMITED */
export async function changePassword(
  core: Core,
  userId: string,
  said: { current: string; next: string },
  facts: CallFacts,
): Promise<Caller> {
  const setSession = cookieDoor(facts);
  checkPassword(said.next, 'next');
  const em = core.database.fork();
  const user = await em.findOneOrFail(User, { id: userId });
  await countAttempt(core, user.name, facts.address);
  if (!(await isPassword(said.current, user.passwordHash)))
    throw new DomainError('INVALID_INPUT', 'That is not your password', { details: { field: 'current' } });
  if (said.next === said.current)
    throw new DomainError('INVALID_INPUT', 'The new password is the old one', { details: { field: 'next' } });
  const before = user.passwordHash;
  const passwordHash = await hashPassword(said.next);
  await forgiveAttempt(core, user.name, facts.address);
  return em.transactional(async (tx) => {
    const locked = await lockedUser(tx, userId);
    if (!locked.active || locked.passwordHash !== before)
      throw new DomainError('INVALID_INPUT', 'That is not your password any more', { details: { field: 'current' } });
    Object.assign(locked, { passwordHash, mustChangePassword: false });
    await endSessionsOf(tx, userId);
    return handOver(await openSession(tx, locked, facts.userAgent), locked, setSession);
  });
}

const wrongPassword = () => new DomainError('UNAUTHENTICATED', 'The name or the password is wrong');

function handOver({ token, session }: OpenedSession, user: User, setSession: SetSession): Caller {
  setSession({ token, endsAt: session.endsAt });
  const { id: userId, name, role, mustChangePassword } = user;
  return { kind: 'user', name, role, userId, sessionId: session.id, mustChangePassword };
}

function cookieDoor({ setSession }: CallFacts): SetSession {
  if (setSession) return setSession;
  throw new DomainError(
    'INVALID_INPUT',
    'Send that by POST as application/json, from a page of this service: the answer sets a cookie',
  );
}
