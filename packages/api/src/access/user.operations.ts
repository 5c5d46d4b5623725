/** Use cases of users, as an administrator has them. */
import type { Core } from '../core.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import { lockGroup } from '../jobs/lease.ts';
import { lockedUser } from './locked-user.ts';
import { checkPassword, hashPassword, madeUpPassword } from './password.ts';
import type { Role } from './role.ts';
import { endSessionsOf } from './session.operations.ts';
import { User } from './user.entity.ts';
import { checkUserName } from './user-name.ts';

const GROUP = 'users';
const MOST_USERS = 10_000;

export interface NewUser {
  readonly name: string;
  readonly role: Role;
  readonly password: string;
  readonly mustChangePassword?: boolean;
}

/** @throws DomainError INVALID_INPUT; CONFLICT for a name that is taken; TOO_LARGE. */
export async function createUser(core: Core, said: NewUser): Promise<User> {
  const name = checkUserName(said.name);
  checkPassword(said.password, 'password');
  const passwordHash = await hashPassword(said.password);
  return inTurn(core, async (tx) => {
    if ((await tx.count(User, {})) >= MOST_USERS) throw new DomainError('TOO_LARGE', `There are ${MOST_USERS} users`);
    if ((await tx.count(User, { name })) > 0)
      throw new DomainError('CONFLICT', `There is a user ${name} already`, { details: { field: 'name' } });
    const { role, mustChangePassword = false } = said;
    return tx.create(User, { name, role, passwordHash, mustChangePassword });
  });
}

/**
 * What is undefined stays. Deactivation ends the user's sessions.
 *
 * @throws DomainError NOT_FOUND; INVALID_STATE where no administrator would be left.
 */
export async function changeUser(
  core: Core,
  id: string,
  said: { readonly role?: Role | undefined; readonly active?: boolean | undefined },
): Promise<User> {
  return inTurn(core, async (tx) => {
    const user = await lockedUser(tx, id);
    const { role = user.role, active = user.active } = said;
    const stays = active && role === 'administrator';
    if (!stays && (await tx.count(User, { role: 'administrator', active: true, id: { $ne: id } })) === 0)
      throw new DomainError('INVALID_STATE', `${user.name} is the last active administrator`);
    if (!active) await endSessionsOf(tx, id);
    return Object.assign(user, { role, active });
  });
}

export interface OneTimePassword {
  readonly user: User;
  readonly password: string;
}

/** A password that is told once and must be changed. Ends the user's sessions. @throws DomainError NOT_FOUND */
export async function resetPassword(core: Core, id: string): Promise<OneTimePassword> {
  const password = madeUpPassword();
  const passwordHash = await hashPassword(password);
  const user = await inTurn(core, async (tx) => {
    const found = await lockedUser(tx, id);
    await endSessionsOf(tx, id);
    return Object.assign(found, { passwordHash, mustChangePassword: true });
  });
  return { user, password };
}

/** One change of the users at a time, over all processes: otherwise two administrators might put each other out. */
const inTurn = (core: Core, change: (tx: Em) => Promise<User>): Promise<User> =>
  core.database.fork().transactional(async (tx) => {
    await lockGroup(tx, GROUP);
    const user = await change(tx);
    await tx.flush();
    return user;
  });
