import { Artifact } from '../artifacts/artifact.entity.ts';
import type { Core } from '../core.ts';
import { DomainError } from '../errors.ts';
import { DriftReport } from './drift-report.entity.ts';

/** THE LIST of files that tell of a drift report: the page, the snapshot for Evidently's tools, and all that the verdict rests on. */
const FILES = ['drift.html', 'evidently.json', 'drift.json'] as const;
export type DriftFile = (typeof FILES)[number];

/** Where the service hands out a file of a report. */
export const driftFileUrl = (report: DriftReport, name: DriftFile): string => `/monitoring/drift/${report.id}/${name}`;

/** The newest report, or null before the first. */
export const latestDriftReport = (core: Core): Promise<DriftReport | null> =>
  core.database.fork().findOne(DriftReport, { id: { $ne: null } } as never, { orderBy: { id: 'desc' } });

/** A file of the report, or null where its job has not written it: of an invalid version, or before the job's end. */
export async function findDriftFile(core: Core, report: DriftReport, name: DriftFile): Promise<Artifact | null> {
  return core.database.fork().findOne(Artifact, { job: report.job.id, name, deletedAt: null });
}

/**
 * @param id of the report; undefined for the newest
 * @throws DomainError NOT_FOUND; ARTIFACT_MISSING where the job has not written such a file
 */
export async function driftFile(core: Core, id: string | undefined, name: string): Promise<Artifact> {
  const report =
    id === undefined ? await latestDriftReport(core) : await core.database.fork().findOne(DriftReport, { id });
  if (!report) throw new DomainError('NOT_FOUND', 'There is no such drift report', { details: { id: id ?? null } });
  const known = FILES.find((one) => one === name);
  const file = known && (await findDriftFile(core, report, known));
  if (file) return file;
  throw new DomainError('ARTIFACT_MISSING', `The drift report has no file ${name.slice(0, 100)}`, {
    details: { id: report.id },
  });
}
