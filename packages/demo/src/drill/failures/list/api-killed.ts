import { type Failure, seconds } from '../failure.ts';

export const apiKilled: Failure = {
  name: 'api killed (-9)',
  async strike({ apis: [first] }) {
    await first?.kill();
    await seconds(3);
    await first?.start();
  },
  // Nobody can log its own death; its successor says that it is there, and Prometheus sees a new process.
  inLog: ({ code }) => code === 'PROCESS_STARTED',
  inMetrics: (pages) => {
    const own = pages.filter(({ process }) => process === 'api 1');
    return new Set(own.map(({ text }) => /^process_start_time_seconds (\S+)/m.exec(text)?.[1])).size > 1;
  },
};
