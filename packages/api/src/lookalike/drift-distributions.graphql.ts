import { DriftReportRef } from '../drift/drift-report.graphql.ts';
import { builder } from '../graphql/builder.ts';
import type { Bar } from './report/drift/drift-chart.ts';
import { driftDistributions, type FeatureDistribution } from './report/drift/drift-distributions.ts';

const DistributionBar = builder.objectRef<Bar>('DistributionBar').implement({
  fields: (t) => ({
    label: t.exposeString('label'),
    reference: t.float({
      nullable: true,
      description: 'Share of the rows, 0 to 1; null where there is no reference.',
      resolve: ({ reference }) => reference,
    }),
    current: t.exposeFloat('current'),
    rest: t.boolean({
      description: 'Many categories together: drawn as a bar it would hide the others.',
      resolve: ({ rest }) => rest ?? false,
    }),
  }),
});

const Distribution = builder.objectRef<FeatureDistribution>('FeatureDistribution').implement({
  description: 'How a feature is distributed in a version and in the one that the served model was trained on.',
  fields: (t) => ({
    feature: t.exposeString('feature', { description: 'As `features` of the report names it.' }),
    description: t.exposeString('description'),
    window: t.exposeString('window', { description: 'Days that the rows are of; `all` for what has no calendar.' }),
    numeric: t.exposeBoolean('numeric', { description: 'Bars are steps along an axis, not categories.' }),
    bars: t.field({ type: [DistributionBar], resolve: ({ bars }) => [...bars] }),
  }),
});

builder.objectField(DriftReportRef, 'distributions', (t) =>
  t.field({
    type: [Distribution],
    description: 'Of the features that have one. Empty for an invalid version, and where its files have been removed.',
    resolve: (report, _args, { core }) => driftDistributions(core, report),
  }),
);
