import { Artifact } from '../artifacts/artifact.entity.ts';
import type { Core } from '../core.ts';
import type { DriftReport } from '../drift/drift-report.entity.ts';
import { DriftReportRef } from '../drift/drift-report.graphql.ts';
import { builder } from '../graphql/builder.ts';
import { StageRun } from '../jobs/stage-run.entity.ts';
import { contentKey } from '../objects/object-store.ts';
import { type Bar, barsOf } from './report/drift/drift-chart.ts';
import { type DriftColumn, driftColumns } from './report/drift/drift-columns.ts';
import { type Profile, SOURCES } from './report/report-sources.ts';

const ColumnKind = builder.enumType('DriftColumnKind', {
  values: { numerical: { value: 'num' }, categorical: { value: 'cat' } } as const,
});

const BarRef = builder.objectRef<Bar>('DriftBar').implement({
  description: 'A value and its share of the rows, 0 to 1, in both versions.',
  fields: (t) => ({
    label: t.exposeString('label'),
    reference: t.float({ nullable: true, resolve: ({ reference }) => reference ?? null }),
    current: t.exposeFloat('current'),
    rest: t.boolean({ description: 'Many values together.', resolve: ({ rest }) => rest ?? false }),
  }),
});

const rowsOf = (counts: Float64Array) => counts.reduce((sum, count) => sum + count, 0);

const ColumnRef = builder.objectRef<DriftColumn>('DriftColumn').implement({
  description: 'How a feature is distributed in a version, and in the one that it is compared with.',
  fields: (t) => ({
    feature: t.exposeString('name', { description: 'As `feature` in `features`, where the statistics are.' }),
    description: t.exposeString('description'),
    kind: t.field({ type: ColumnKind, resolve: ({ type }) => type }),
    window: t.exposeString('window', { description: 'The last days that its rows are of; `all` for no calendar.' }),
    currentRows: t.field({ type: 'SafeInt', resolve: ({ current }) => rowsOf(current) }),
    referenceRows: t.field({
      type: 'SafeInt',
      nullable: true,
      resolve: ({ reference }) => (reference ? rowsOf(reference) : null),
    }),
    bars: t.field({
      type: [BarRef],
      description: 'Numbers in their order, categories by falling share; what would not be seen is one at the end.',
      resolve: (column) => barsOf(column),
    }),
  }),
});

builder.objectField(DriftReportRef, 'columns', (t) =>
  t.field({
    type: [ColumnRef],
    description: 'None of an invalid version, and none once the files of the job are gone.',
    resolve: (report, _args, { core }) => columnsOf(core, report),
  }),
);

async function columnsOf(core: Core, report: DriftReport): Promise<readonly DriftColumn[]> {
  const em = core.database.fork();
  const job = report.job.id;
  const [current, stage] = await Promise.all([
    em.findOne(Artifact, { job, name: 'drift-profile.json', deletedAt: null }),
    em.findOne(StageRun, { job, name: 'drift' }),
  ]);
  const reference = stage?.inputs?.artifacts.find(({ name }) => name === 'reference.json');
  const now = current ? await profile(core, current.objectKey) : undefined;
  if (!now) return [];
  return driftColumns(now, reference ? await profile(core, reference.key ?? contentKey(reference.hash)) : undefined)
    .columns;
}

/** Undefined for bytes that are gone, and for a shape of long ago. */
async function profile(core: Core, key: string): Promise<Profile | undefined> {
  const bytes = await core.objects.get(key).catch(() => undefined);
  return bytes && SOURCES['drift-profile.json'].safeParse(JSON.parse(bytes.toString('utf8'))).data;
}
