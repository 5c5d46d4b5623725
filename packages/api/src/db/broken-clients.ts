import type { Pool, PoolClient } from 'pg';

/**
 * Takes connections that break back into the pool's count. A transaction whose connection is gone cannot be rolled back, and the
 * query builder gives a connection back only after that; ten such, and every query would wait for ever.
 */
export function discardBrokenClients(pool: Pool): void {
  const watched = new WeakMap<PoolClient, () => void>();
  pool.on('acquire', (client) => {
    const discard = () => {
      client.release(true);
      // Whoever held it may still give it back, which would be an error now.
      client.release = () => undefined;
    };
    watched.set(client, discard);
    client.once('end', discard);
  });
  pool.on('release', (_error, client) => {
    const discard = watched.get(client);
    if (discard) client.off('end', discard);
  });
}
