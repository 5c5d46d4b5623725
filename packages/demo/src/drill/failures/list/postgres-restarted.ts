import { awayInLog, awayInMetrics, type Failure, seconds } from '../failure.ts';

/** A restart takes PostgreSQL some seconds; the watch looks every two. */
const AWAY_SECONDS = 5;

function restart(how: 'fast' | 'immediate'): Failure {
  return {
    name: `PostgreSQL restarted (${how})`,
    async strike({ postgres }) {
      await postgres.halt(how);
      await seconds(AWAY_SECONDS);
      await postgres.start();
    },
    inLog: awayInLog('postgres'),
    inMetrics: awayInMetrics('postgres'),
  };
}

export const postgresRestarted = restart('fast');
export const postgresCrashed = restart('immediate');
