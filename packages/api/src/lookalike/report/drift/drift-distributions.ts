/** Both distributions of each feature of a drift report, out of the profiles that the two versions left. */
import { Artifact } from '../../../artifacts/artifact.entity.ts';
import type { Core } from '../../../core.ts';
import type { DriftReport } from '../../../drift/drift-report.entity.ts';
import { type Profile, SOURCES } from '../report-sources.ts';
import { type Bar, barsOf } from './drift-chart.ts';
import { driftColumns } from './drift-columns.ts';

export interface FeatureDistribution {
  /** As the report's features name it. */
  readonly feature: string;
  readonly description: string;
  /** Days before the version's own last day that the rows are of; `all` for what has no calendar. */
  readonly window: string;
  /** Bars are steps along an axis, not categories. */
  readonly numeric: boolean;
  readonly bars: readonly Bar[];
}

/** Empty where the version left no profile: it was invalid, has no dates, or its files have been removed. */
export async function driftDistributions(core: Core, report: DriftReport): Promise<FeatureDistribution[]> {
  const current = await profileOf(core, { job: report.job.id });
  if (!current) return [];
  const reference =
    report.reference && (await profileOf(core, { job: { datasetVersion: report.reference.id, status: 'completed' } }));
  return driftColumns(current, reference ?? undefined).columns.map((column) => ({
    feature: column.name,
    description: column.description,
    window: column.window,
    numeric: column.type === 'num',
    bars: barsOf(column),
  }));
}

async function profileOf(core: Core, left: object): Promise<Profile | undefined> {
  const file = await core.database
    .fork()
    .findOne(Artifact, { name: 'drift-profile.json', deletedAt: null, ...left }, { orderBy: { id: 'desc' } });
  return file
    ? SOURCES['drift-profile.json'].parse(JSON.parse((await core.objects.get(file.objectKey)).toString('utf8')))
    : undefined;
}
