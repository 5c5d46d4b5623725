import { mkdir, statfs } from 'node:fs/promises';
import type { Config } from '../config.ts';
import type { Database } from '../db/orm.ts';
import type { EventBus } from '../events/events.ts';

/** Something outside the process that it needs now and then. */
export interface Dependency {
  readonly name: 'postgres' | 'redis' | 's3' | 'mlflow' | 'disk';
  /** Rejects while it is away. */
  probe(signal: AbortSignal): Promise<void>;
}

/** Less is as good as none: a training writes some tens of megabytes. */
const LEAST_FREE_BYTES = 16 * 2 ** 20;

/** THE LIST: what this process is configured to use. The embedded database is part of the process, and is not asked. */
export function dependenciesOf(config: Config, database: Database, events: EventBus): Dependency[] {
  const { s3, mlflow, dataDir } = config;
  const list: (Dependency | false)[] = [
    database.kind === 'postgresql' && {
      name: 'postgres',
      probe: async () => void (await database.fork().execute('select 1')),
    },
    'state' in events && {
      name: 'redis',
      probe: async () => {
        if (events.state === 'lost') throw new Error('Redis is not connected');
      },
    },
    // Any answer but a failure of the server will do: unsigned, it is a refusal.
    s3 !== undefined && { name: 's3', probe: (signal) => ask(`${s3.endpoint}/${s3.bucket}`, 'HEAD', signal) },
    mlflow !== undefined && { name: 'mlflow', probe: (signal) => ask(`${mlflow.uri}/health`, 'GET', signal) },
    {
      name: 'disk',
      probe: async () => {
        const free = await freeBytes(dataDir);
        if (free < LEAST_FREE_BYTES) throw new Error(`${Math.round(free / 2 ** 20)} MB are free in KINDRED_DATA`);
      },
    },
  ];
  return list.filter((dependency) => dependency !== false);
}

/** What may still be written below the folder, which is made where it is not there. */
export async function freeBytes(dataDir: string): Promise<number> {
  await mkdir(dataDir, { recursive: true });
  const { bavail, bsize } = await statfs(dataDir);
  return bavail * bsize;
}

async function ask(url: string, method: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, { method, signal, redirect: 'manual' });
  await response.body?.cancel();
  if (response.status >= 500) throw new Error(`it answers ${response.status}`);
}
