import { awayInLog, awayInMetrics, type Failure, seconds } from '../failure.ts';

export const redisGone: Failure = {
  name: 'Redis gone, back empty',
  async strike({ redis }) {
    await redis.kill();
    await seconds(30);
    await redis.start();
  },
  inLog: awayInLog('redis'),
  inMetrics: awayInMetrics('redis'),
};
