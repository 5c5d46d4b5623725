import { createHash } from 'node:crypto';
import type { Core } from '../core.ts';
import { DomainError } from '../errors.ts';

/** So many failures before anybody waits; then a second, and twice as long with each one more. */
const FREE = { pair: 5, address: 30, name: 50 } as const;
const LONGEST_WAIT_S = 900;
/** Failures older than this are forgotten. */
export const FORGET_MS = 3600_000;

interface Bound {
  readonly key: string;
  readonly free: number;
}

/** What is counted: a name from an address, whatever comes from the address, whatever is tried with the name. */
function boundsOf(name: string, address: string | null): Bound[] {
  const key = (...parts: string[]) => createHash('sha256').update(parts.join('\0')).digest('base64url');
  const from = address ?? '';
  return [
    { key: key('pair', name, from), free: FREE.pair },
    { key: key('address', from), free: FREE.address },
    { key: key('name', name), free: FREE.name },
  ];
}

/**
 * Counts an attempt before its password is looked at, so that many at once are no way round.
 *
 * @throws DomainError RATE_LIMITED with `retryAfter` in seconds.
 */
export async function countAttempt(core: Core, name: string, address: string | null): Promise<void> {
  const bounds = boundsOf(name, address).sort((a, b) => (a.key < b.key ? -1 : 1));
  const waits = await core.database.fork().transactional(async (tx) => {
    const found: number[] = [];
    for (const { key } of bounds) {
      // Locked in one order, whoever comes first.
      const [row] = await tx.execute<{ wait: number | null }[]>(
        `insert into sign_in_attempts as known (key, failures, last_at) values (?, 0, now())
         on conflict (key) do update set
           failures = case when known.last_at < now() - make_interval(secs => ?) then 0 else known.failures end
         returning ceil(extract(epoch from blocked_until - now()))::int as wait`,
        [key, FORGET_MS / 1000],
      );
      found.push(row?.wait ?? 0);
    }
    if (found.some((wait) => wait > 0)) return found;
    for (const { key, free } of bounds) {
      await tx.execute(
        `update sign_in_attempts set failures = failures + 1, last_at = now(), blocked_until =
           case when failures + 1 < ? then null
           else now() + make_interval(secs => least(?::double precision, power(2, least(failures + 1 - ?, 20)))) end
         where key = ?`,
        [free, LONGEST_WAIT_S, free, key],
      );
    }
    return found;
  });
  const retryAfter = Math.max(...waits);
  if (retryAfter > 0)
    throw new DomainError('RATE_LIMITED', `Too many attempts; try again in ${retryAfter} seconds`, {
      details: { retryAfter },
    });
}

/** The attempt was no failure: the name is free again, the address has one less. */
export async function forgiveAttempt(core: Core, name: string, address: string | null): Promise<void> {
  const [pair, from, ofName] = boundsOf(name, address).map(({ key }) => key);
  await core.database.fork().transactional(async (tx) => {
    await tx.execute('delete from sign_in_attempts where key in (?, ?)', [pair, ofName]);
    await tx.execute(
      'update sign_in_attempts set failures = greatest(failures - 1, 0), blocked_until = null where key = ?',
      [from],
    );
  });
}
