import { ArtifactRef } from '../artifacts/artifact.graphql.ts';
import { DatasetVersionRef } from '../datasets/dataset.graphql.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { builder } from '../graphql/builder.ts';
import { among, connectionOf, PageOrder } from '../graphql/connection.ts';
import type { GraphqlContext } from '../graphql/context.ts';
import { entityById, requiredById, uuidOf } from '../graphql/entities.ts';
import { NotFoundError } from '../graphql/expected-errors.ts';
import { newestOfVersion } from '../graphql/newest-of-version.ts';
import { DRIFT_ACTIONS, DriftReport } from './drift-report.entity.ts';
import {
  type DriftFile,
  driftFile,
  driftFileUrl,
  findDriftFile,
  latestDriftReport,
} from './drift-report.operations.ts';

export const DriftReportRef = builder.objectRef<DriftReport>('DriftReport');
const DriftAction = builder.enumType('DriftAction', { values: DRIFT_ACTIONS });

const urlOf =
  (name: DriftFile) =>
  async (report: DriftReport, _args: object, { core }: GraphqlContext): Promise<string | null> =>
    (await findDriftFile(core, report, name)) ? driftFileUrl(report, name) : null;

builder.node(DriftReportRef, {
  description: 'Whether a version is distributed otherwise than the one that the served model was trained on.',
  id: { resolve: (report) => report.id },
  isTypeOf: (value) => value instanceof DriftReport,
  loadOne: (id, context) => entityById(context, DriftReport, id),
  fields: (t) => ({
    datasetVersion: t.field({
      type: DatasetVersionRef,
      resolve: (report, _args, context) => requiredById(context, DatasetVersion, report.datasetVersion.id),
    }),
    reference: t.field({
      type: DatasetVersionRef,
      nullable: true,
      description: 'Null for the first version.',
      resolve: (report, _args, context) =>
        report.reference ? entityById(context, DatasetVersion, report.reference.id) : null,
    }),
    driftDetected: t.exposeBoolean('driftDetected'),
    driftScore: t.exposeFloat('driftScore', { description: '0 to 1, growing with severity.' }),
    actionTaken: t.field({ type: DriftAction, resolve: (report) => report.actionTaken }),
    features: t.field({
      type: ['Json'],
      description: 'Statistics and verdict of each feature; which ones depends on its kind.',
      resolve: (report) => report.features,
    }),
    verdict: t.field({
      type: 'Json',
      description: 'What the verdict rests on: thresholds, false alarm rate, reasons.',
      resolve: (report) => report.verdict,
    }),
    htmlUrl: t.field({
      type: 'String',
      nullable: true,
      description:
        'Path of a page with both distributions of each column. Null until the job has ended, and for an invalid version.',
      resolve: urlOf('drift.html'),
    }),
    evidentlyUrl: t.field({
      type: 'String',
      nullable: true,
      description: 'Path of the same as a snapshot that Evidently loads. Null as above.',
      resolve: urlOf('evidently.json'),
    }),
    createdAt: t.field({ type: 'DateTime', resolve: (report) => report.createdAt }),
  }),
});

builder.queryFields((t) => ({
  latestDriftReport: t.field({
    type: DriftReportRef,
    nullable: true,
    resolve: (_root, _args, { core }) => latestDriftReport(core),
  }),
  driftFile: t.field({
    type: ArtifactRef,
    errors: { types: [NotFoundError] },
    args: {
      report: t.arg.globalID({ for: DriftReportRef, description: 'The newest one unless given.' }),
      name: t.arg.string({ required: true, description: '`drift.html`, `evidently.json` or `drift.json`.' }),
    },
    resolve: (_root, { report, name }, { core }) => driftFile(core, report ? uuidOf(report) : undefined, name),
  }),
  driftReports: t.connection({
    type: DriftReportRef,
    args: {
      datasetVersion: t.arg.globalID({ for: DatasetVersionRef }),
      driftDetected: t.arg.boolean(),
      actionTaken: t.arg({ type: [DriftAction] }),
      order: t.arg({ type: PageOrder, defaultValue: 'desc' }),
    },
    resolve: (_root, args, { core }) =>
      connectionOf(core, DriftReport, args, {
        datasetVersion: args.datasetVersion ? uuidOf(args.datasetVersion) : undefined,
        driftDetected: args.driftDetected ?? undefined,
        actionTaken: among(args.actionTaken),
      }),
  }),
}));

builder.objectField(DatasetVersionRef, 'driftReport', (t) =>
  t.field({
    type: DriftReportRef,
    nullable: true,
    description: 'The newest one; null until drift has been looked for.',
    resolve: (version, _args, context) => newestOfVersion(context, DriftReport, version),
  }),
);

builder.subscriptionField('driftReported', (t) =>
  t.field({
    type: DriftReportRef,
    subscribe: (_root, _args, { core }) => core.events.stream('driftReported'),
    resolve: (event, _args, context) => requiredById(context, DriftReport, event.driftReportId),
  }),
);
