import { awayInLog, awayInMetrics, type Failure } from '../failure.ts';
import { fillForAWhile } from '../small-disk.ts';

export const diskFull: Failure = {
  name: 'disk full',
  skipped: ({ disks }) => (disks.processes.length > 0 ? undefined : 'only root may mount disks that can be filled'),
  strike: ({ disks }) => fillForAWhile(disks.processes),
  inLog: awayInLog('disk'),
  inMetrics: awayInMetrics('disk'),
};
