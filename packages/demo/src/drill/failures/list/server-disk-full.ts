import { awayInLog, awayInMetrics, type Failure, onAPage } from '../failure.ts';
import { fillForAWhile } from '../small-disk.ts';

const refused = onAPage(
  /^kindred_errors_total\{code="STORAGE_FULL"\} [1-9]|^kindred_jobs_given_back_total\{code="STORAGE_FULL"\} [1-9]/m,
);

const refusedInLog: Failure['inLog'] = (line) => line.code === 'REQUESTS_REFUSED' && line.reason === 'STORAGE_FULL';

/** It refuses what needs room, or ends when it cannot write its log; then somebody makes room and starts it. */
export const postgresDiskFull: Failure = {
  name: "PostgreSQL's disk full",
  skipped: ({ disks }) => (disks.postgres ? undefined : 'only root may mount disks that can be filled'),
  async strike({ disks, postgres }) {
    await fillForAWhile(disks.postgres ? [disks.postgres] : []);
    await postgres.start();
  },
  inLog: (line) => refusedInLog(line) || awayInLog('postgres')(line),
  inMetrics: (pages) => refused(pages) || awayInMetrics('postgres')(pages),
};

export const s3DiskFull: Failure = {
  name: "S3's disk full",
  skipped: ({ disks, s3 }) =>
    disks.s3
      ? undefined
      : `${s3.program === 'moto' ? "moto's server has none" : 'only root may mount disks that can be filled'}`,
  strike: ({ disks }) => fillForAWhile(disks.s3 ? [disks.s3] : []),
  inLog: refusedInLog,
  inMetrics: refused,
};
