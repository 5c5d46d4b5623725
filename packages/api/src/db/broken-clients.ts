import type { Socket } from 'node:net';
import type { Pool, PoolClient } from 'pg';

/** How long the connection of a transaction or a query may be silent. */
export interface Patience {
  /** 0 for as long as it takes. */
  silenceMs: number;
}

/**
 * Takes connections that break back into the pool's count. A transaction whose connection is gone cannot be rolled back, and the
 * query builder gives a connection back only after that; ten such, and every query would wait for ever. A connection that is
 * silent for too long while somebody holds it counts as broken: a network that swallows packets tells nobody.
 *
 * @param patience looked at whenever a connection is taken.
 */
export function discardBrokenClients(pool: Pool, patience: Patience): void {
  const watched = new WeakMap<PoolClient, () => void>();
  pool.on('acquire', (client) => {
    const discard = () => {
      client.release(true);
      // Whoever held it may still give it back, which would be an error now.
      client.release = () => undefined;
    };
    watched.set(client, discard);
    client.once('end', discard);
    const socket = socketOf(client);
    socket.setTimeout(patience.silenceMs);
    if (!socket.listeners('timeout').includes(cut)) socket.on('timeout', cut);
  });
  pool.on('release', (_error, client) => {
    const discard = watched.get(client);
    if (discard) client.off('end', discard);
    socketOf(client).setTimeout(0);
  });
}

function cut(this: Socket): void {
  this.destroy(Object.assign(new Error('PostgreSQL kept silent for too long'), { code: 'ETIMEDOUT' }));
}

/** pg's own, where its types do not show it. */
const socketOf = (client: PoolClient): Socket =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream;
