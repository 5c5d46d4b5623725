import type { Failure } from './failure.ts';
import { apiKilled } from './list/api-killed.ts';
import { diskFull } from './list/disk-full.ts';
import { mlflowGone } from './list/mlflow-gone.ts';
import { postgresSilent, redisSilent, s3Silent } from './list/network-silent.ts';
import { postgresCrashed, postgresRestarted } from './list/postgres-restarted.ts';
import { redisGone } from './list/redis-gone.ts';
import { s3Gone } from './list/s3-gone.ts';
import { postgresDiskFull, s3DiskFull } from './list/server-disk-full.ts';
import { workerKilled } from './list/worker-killed.ts';

/** THE LIST, in the order in which they strike. */
export const FAILURES: readonly Failure[] = [
  postgresRestarted,
  postgresCrashed,
  redisGone,
  s3Gone,
  mlflowGone,
  workerKilled,
  apiKilled,
  diskFull,
  postgresDiskFull,
  s3DiskFull,
  postgresSilent,
  redisSilent,
  s3Silent,
];
