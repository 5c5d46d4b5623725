import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { findMlflow, startMlflow, type ThrowawayMlflow } from '@kindred/api/test/throwaway-mlflow.ts';
import { startNetwork, type ThrowawayNetwork } from '@kindred/api/test/throwaway-network.ts';
import { findPostgres, startPostgres, type ThrowawayPostgres } from '@kindred/api/test/throwaway-postgres.ts';
import { findRedis, startRedis, type ThrowawayRedis } from '@kindred/api/test/throwaway-redis.ts';
import { freePort, removeFolder, temporaryFolder } from '../../service.ts';
import { findObjectServer, type ObjectServer, startObjectServer } from './object-server.ts';
import { ServiceProcess } from './service-process.ts';
import { mountSmallDisk, smallDisksPossible } from './small-disk.ts';

/** The whole of it: real servers, two processes that serve and two that work. */
export interface Stack {
  readonly postgres: ThrowawayPostgres;
  readonly redis: ThrowawayRedis;
  readonly s3: ObjectServer;
  /** Between the service and each of them. */
  readonly networks: Readonly<Record<'postgres' | 'redis' | 's3', ThrowawayNetwork>>;
  /** Undefined where MLflow is not installed. */
  readonly mlflow: ThrowawayMlflow | undefined;
  readonly apis: readonly ServiceProcess[];
  readonly workers: readonly ServiceProcess[];
  readonly processes: readonly ServiceProcess[];
  /** Folders on disks of their own that can be filled: of the processes, and of the servers; none where those cannot be mounted. */
  readonly disks: {
    readonly processes: readonly string[];
    readonly postgres: string | undefined;
    readonly s3: string | undefined;
  };
  /** Gone with the stack. */
  readonly folder: string;
  stop(): Promise<void>;
}

const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Room for the copies of objects and the scratch files of a drill; for PostgreSQL's log; for all objects. What fills them is memory. */
const DISK_MB = { process: 1000, postgres: 1500, s3: 1500 };

/** Names of what is not installed and cannot be done without. */
export function missingServers(): string[] {
  const servers = {
    PostgreSQL: findPostgres(),
    'redis-server': findRedis(),
    'MinIO or moto_server': findObjectServer(),
  };
  return Object.entries(servers).flatMap(([name, found]) => (found === undefined ? [name] : []));
}

/** @throws Error where something is missing or does not start. */
export async function startStack(seed: number, say: (line: string) => void): Promise<Stack> {
  const [postgresProgram, redisProgram, s3Program, mlflowProgram] = [
    findPostgres(),
    findRedis(),
    findObjectServer(),
    findMlflow(),
  ];
  if (!postgresProgram || redisProgram === undefined || s3Program === undefined) {
    throw new Error(`not installed: ${missingServers().join(', ')}`);
  }
  const endings: (() => unknown)[] = [];
  const stop = async () => {
    for (const signal of ENDINGS) process.off(signal, onSignal);
    // Each of them, also where one before it fails: what stays behind is a server or a mounted disk.
    for (const end of endings.reverse().splice(0))
      await (async () => end())().catch((error: unknown) => say(String(error)));
  };
  const onSignal = () => {
    say('told to end: what was started is ended first');
    void stop().finally(() => process.exit(1));
  };
  for (const signal of ENDINGS) process.on(signal, onSignal);
  try {
    const folder = temporaryFolder('failures');
    // PostgreSQL runs as a user of its own.
    chmodSync(folder, 0o711);
    endings.push(() => removeFolder(folder));
    /** A folder on a disk of its own, where one can be mounted. */
    const disk = (name: string, megabytes: number) => {
      const { path, mounted, unmount } = mountSmallDisk(join(folder, name), megabytes);
      endings.push(unmount);
      return { path, full: mounted ? path : undefined };
    };
    const disks = { postgres: disk('postgres', DISK_MB.postgres), s3: disk('s3', DISK_MB.s3) };
    const postgres = await startPostgres(postgresProgram, disks.postgres.path);
    endings.push(() => postgres.stop());
    const redis = await startRedis(redisProgram);
    endings.push(() => redis.kill());
    const s3 = await startObjectServer(s3Program, disks.s3.path);
    endings.push(() => s3.stop());
    const networks = {
      postgres: await startNetwork(portOf(postgres)),
      redis: await startNetwork(portOf(redis)),
      s3: s3.network,
    };
    endings.push(
      () => networks.postgres.disconnect(),
      () => networks.redis.disconnect(),
    );
    const mlflow = mlflowProgram === undefined ? undefined : await startMlflow(mlflowProgram);
    if (mlflow) endings.push(() => mlflow.dispose());
    else say('SKIPPED: MLflow is not installed (npm run test:conformance installs it); the drill goes on without it');
    const env = {
      DATABASE_URL: through(postgres, networks.postgres),
      REDIS_URL: through(redis, networks.redis),
      S3_ENDPOINT: s3.url,
      S3_ACCESS_KEY_ID: s3.key,
      S3_SECRET_ACCESS_KEY: s3.secret,
      KINDRED_SEED: String(seed),
      KINDRED_CACHE_SIZE: '300MB',
      ...(mlflow ? { MLFLOW_TRACKING_URI: mlflow.url } : {}),
    };
    const processes: ServiceProcess[] = [];
    for (const role of ['api', 'api', 'worker', 'worker'] as const) {
      const name = `${role} ${processes.filter((other) => other.role === role).length + 1}`;
      const data = disk(name.replace(' ', '-'), DISK_MB.process).path;
      const each = new ServiceProcess({ name, role, port: await freePort(), data, env });
      processes.push(each);
      endings.push(() => each.stop());
    }
    await Promise.all(processes.map((each) => each.start()));
    return {
      postgres,
      redis,
      s3,
      networks,
      mlflow,
      processes,
      apis: processes.filter(({ role }) => role === 'api'),
      workers: processes.filter(({ role }) => role === 'worker'),
      disks: {
        processes: smallDisksPossible ? processes.map(({ data }) => data) : [],
        postgres: disks.postgres.full,
        // moto's server keeps everything in memory.
        s3: s3.program === 'MinIO' ? disks.s3.full : undefined,
      },
      folder,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const portOf = ({ url }: { readonly url: string }): number => Number(new URL(url).port);

function through({ url }: { readonly url: string }, { port }: ThrowawayNetwork): string {
  const address = new URL(url);
  address.port = String(port);
  return address.href;
}
