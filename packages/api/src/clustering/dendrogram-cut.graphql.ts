import { builder } from '../graphql/builder.ts';
import { uuidOf } from '../graphql/entities.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../graphql/expected-errors.ts';
import { JobRef } from '../jobs/job.graphql.ts';
import type { Json } from '../pipelines/stage.ts';
import { type DendrogramCut, dendrogramCut, takeCut } from './dendrogram-cut.ts';

const DendrogramCutRef = builder.objectRef<DendrogramCut>('DendrogramCut').implement({
  description: 'What a cut of a tree of clusters would leave.',
  fields: (t) => ({
    clusters: t.exposeInt('clusters'),
    height: t.exposeFloat('height'),
    from: t.exposeFloat('from', { description: 'Every cut between this height and `to` leaves as many clusters.' }),
    to: t.exposeFloat('to'),
    sizes: t.intList({ description: 'Rows of each cluster.', resolve: ({ sizes }) => [...sizes] }),
    counts: t.intList({ description: 'Rows of each branch shown.', resolve: ({ counts }) => [...counts] }),
    labels: t.intList({ description: 'Cluster of each branch shown.', resolve: ({ labels }) => [...labels] }),
    children: t.intList({
      description: 'Two nodes for each merge shown; branches come first, then merges.',
      resolve: ({ children }) => [...children],
    }),
    heights: t.floatList({ description: 'Of the merges shown.', resolve: ({ heights }) => [...heights] }),
    chart: t.field({ type: 'Json', description: "ECharts' option.", resolve: ({ chart }) => chart as Json }),
  }),
});

const expected = { types: [NotFoundError, ConflictError, InvalidInputError] };

builder.queryField('dendrogramCut', (t) =>
  t.field({
    type: DendrogramCutRef,
    description:
      'Of an agglomerative clustering that has run, by a height or a number of clusters; nothing is run again.',
    errors: expected,
    args: {
      job: t.arg.globalID({ required: true, for: JobRef }),
      height: t.arg.float(),
      clusters: t.arg.int(),
      leaves: t.arg.int({ description: 'Branches to show: 30 unless given, 200 at the most.' }),
    },
    resolve: (_root, { job, height, clusters, leaves }, { core }) =>
      dendrogramCut(core, uuidOf(job), {
        height: height ?? undefined,
        clusters: clusters ?? undefined,
        leaves: leaves ?? undefined,
      }),
  }),
);

builder.mutationField('takeDendrogramCut', (t) =>
  t.field({
    type: JobRef,
    description: 'A new job like that one with this cut; what comes before the clustering is used again.',
    errors: expected,
    args: {
      job: t.arg.globalID({ required: true, for: JobRef }),
      height: t.arg.float(),
      clusters: t.arg.int(),
    },
    resolve: (_root, { job, height, clusters }, { core }) =>
      takeCut(core, uuidOf(job), { height: height ?? undefined, clusters: clusters ?? undefined }),
  }),
);
