import { type Failure, onAPage, seconds } from '../failure.ts';
import { alive } from '../service-process.ts';

export const workerKilled: Failure = {
  name: 'worker killed (-9)',
  async strike(_stack, runner) {
    const started = await runner.kill();
    await seconds(3);
    const left = started.filter(alive);
    if (left.length > 0) throw new Error(`processes of the killed worker live on: ${left.join(', ')}`);
    // Longer than its lease, so that the other one must take its job.
    await seconds(20);
    await runner.start();
  },
  inLog: ({ code }) => code === 'JOB_RESUMED',
  inMetrics: onAPage(/^kindred_jobs_resumed_total [1-9]/m),
};
