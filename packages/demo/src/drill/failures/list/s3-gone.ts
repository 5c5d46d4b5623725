import { awayInLog, awayInMetrics, type Failure, seconds } from '../failure.ts';

/** A stage tries for about a minute by itself; what comes after that is to be seen, too. */
const GONE_SECONDS = 90;

export const s3Gone: Failure = {
  name: 'S3 gone',
  async strike({ networks: { s3 } }) {
    await s3.disconnect();
    await seconds(GONE_SECONDS);
    await s3.reconnect();
  },
  inLog: awayInLog('s3'),
  inMetrics: awayInMetrics('s3'),
};
