import { awayInLog, awayInMetrics, type Failure, seconds } from '../failure.ts';

/** Longer than any wait for an answer, so that every one of them ends by itself. */
const SILENT_SECONDS = 45;

/** Packets are swallowed: nobody is refused, no connection ends, and no answer comes. */
function silent(name: string, server: 'postgres' | 'redis' | 's3'): Failure {
  return {
    name: `${name} silent`,
    async strike({ networks }) {
      networks[server].swallow();
      await seconds(SILENT_SECONDS);
      networks[server].pass();
    },
    inLog: awayInLog(server),
    inMetrics: awayInMetrics(server),
  };
}

export const postgresSilent = silent('PostgreSQL', 'postgres');
export const redisSilent = silent('Redis', 'redis');
export const s3Silent = silent('S3', 's3');
