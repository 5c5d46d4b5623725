import { type Failure, onAPage, seconds } from '../failure.ts';
import { alive } from '../service-process.ts';

const LEASE_SECONDS = 15;

export const workerKilled: Failure = {
  name: 'worker killed (-9)',
  async strike(_stack, runner) {
    const started = await runner.kill();
    // What computes for it ends when it next looks up, before the lease is over and another one computes the same.
    await seconds(LEASE_SECONDS);
    const left = started.filter(alive);
    // Longer than its lease, so that the other one must take its job.
    await seconds(8);
    if (left.length > 0) throw new Error(`processes of the killed worker live on: ${left.join(', ')}`);
    await runner.start();
  },
  inLog: ({ code }) => code === 'JOB_RESUMED',
  inMetrics: onAPage(/^kindred_jobs_resumed_total [1-9]/m),
};
