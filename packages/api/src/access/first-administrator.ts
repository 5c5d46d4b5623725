import type { Core } from '../core.ts';
import { lockGroup } from '../jobs/lease.ts';
import { hashPassword, madeUpPassword } from './password.ts';
import { User } from './user.entity.ts';

export const FIRST_ADMINISTRATOR = 'admin';

/**
 * Makes the user `admin` where there is no user at all: once in the life of a database, by whichever process is first.
 *
 * @returns the password that was made up, to be told once; undefined where there is nothing to tell.
 */
export async function ensureAdministrator(core: Core): Promise<string | undefined> {
  const em = core.database.fork();
  if ((await em.count(User, {})) > 0) return undefined;
  const given = core.config.adminPassword;
  const password = given ?? madeUpPassword();
  const passwordHash = await hashPassword(password);
  return em.transactional(async (tx) => {
    await lockGroup(tx, 'users');
    if ((await tx.count(User, {})) > 0) return undefined;
    const mustChangePassword = given === undefined;
    tx.create(User, { name: FIRST_ADMINISTRATOR, role: 'administrator', passwordHash, mustChangePassword });
    await tx.flush();
    return given === undefined ? password : undefined;
  });
}

/**
 * A way back for whoever has lost the password, or was put out: the user gets a one-time password, is active again and free to
 * try. Their role stays.
 *
 * @returns the password, or undefined where nobody has that name.
 */
export async function recoverUser(core: Pick<Core, 'database'>, name: string): Promise<string | undefined> {
  const password = madeUpPassword();
  const passwordHash = await hashPassword(password);
  return core.database.fork().transactional(async (tx) => {
    await lockGroup(tx, 'users');
    const user = await tx.findOne(User, { name });
    if (!user) return undefined;
    Object.assign(user, { passwordHash, mustChangePassword: true, active: true });
    await tx.execute('delete from user_session where user_id = ?', [user.id]);
    await tx.execute('delete from sign_in_attempts');
    await tx.flush();
    return password;
  });
}
