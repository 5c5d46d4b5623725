import { isId } from '../db/ids.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import { User } from './user.entity.ts';

/**
 * The user as it is now, and as it stays until the transaction ends: a session that opens and a password that changes wait for each
 * other, so that no session outlives the password that it was opened with.
 *
 * @throws DomainError NOT_FOUND
 */
export async function lockedUser(tx: Em, id: string): Promise<User> {
  if (isId(id)) await tx.execute('select 1 from user_account where id = ? for update', [id]);
  const found = isId(id) ? await tx.findOne(User, { id }, { refresh: true }) : null;
  if (found) return found;
  throw new DomainError('NOT_FOUND', 'There is no such user', { details: { field: 'id' } });
}
