import { awayInLog, awayInMetrics, type Failure, seconds } from '../failure.ts';

export const s3Gone: Failure = {
  name: 'S3 gone',
  async strike({ s3 }) {
    await s3.disconnect();
    await seconds(60);
    await s3.reconnect();
  },
  inLog: awayInLog('s3'),
  inMetrics: awayInMetrics('s3'),
};
