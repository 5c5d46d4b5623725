import type { Window } from '../../charts/point-cells.ts';
import { builder } from '../../graphql/builder.ts';
import { uuidOf } from '../../graphql/entities.ts';
import { InvalidInputError, NotFoundError } from '../../graphql/expected-errors.ts';
import { JobRef } from '../../jobs/job.graphql.ts';
import { MARKS, type PointWindow, pointWindow } from './point-map.operations.ts';

const RangesRef = builder.objectRef<Window>('PointRanges').implement({
  fields: (t) => ({
    x: t.floatList({ description: 'From and to.', resolve: ({ x }) => [...x] }),
    y: t.floatList({ resolve: ({ y }) => [...y] }),
  }),
});

const ClusterRef = builder.objectRef<PointWindow['clusters'][number]>('PointCluster').implement({
  fields: (t) => ({
    label: t.exposeInt('label', { description: '-1 for noise.' }),
    name: t.exposeString('name'),
    color: t.exposeString('color'),
    rows: t.exposeInt('rows'),
  }),
});

const PointWindowRef = builder.objectRef<PointWindow>('PointWindow').implement({
  description:
    'The points of a scatter chart within a window: one by one where they are few, else put together by a grid.',
  fields: (t) => ({
    title: t.exposeString('title'),
    xName: t.exposeString('xName'),
    yName: t.exposeString('yName'),
    whole: t.field({ type: RangesRef, description: 'That hold all points.', resolve: ({ whole }) => whole }),
    window: t.field({ type: RangesRef, resolve: ({ shown }) => shown.window }),
    clusters: t.field({ type: [ClusterRef], description: 'Of all points.', resolve: ({ clusters }) => [...clusters] }),
    points: t.int({ description: 'Within the window.', resolve: ({ shown }) => shown.points }),
    exact: t.boolean({ description: 'Every mark is one point.', resolve: ({ shown }) => shown.exact }),
    x: t.floatList({
      description: 'Of each mark, as the lists beside it.',
      resolve: ({ shown }) => shown.cells.map(({ x }) => x),
    }),
    y: t.floatList({ resolve: ({ shown }) => shown.cells.map(({ y }) => y) }),
    label: t.intList({
      description: 'Of most of its points.',
      resolve: ({ shown }) => shown.cells.map(({ label }) => label),
    }),
    count: t.intList({ resolve: ({ shown }) => shown.cells.map(({ count }) => count) }),
    index: t.intList({
      nullable: true,
      description: 'Place in the data set, where every mark is one point.',
      resolve: ({ shown, index }) => (shown.exact ? shown.cells.map(({ at }) => index(at ?? 0)) : null),
    }),
  }),
});

builder.queryField('clusteringPoints', (t) =>
  t.field({
    type: PointWindowRef,
    errors: { types: [NotFoundError, InvalidInputError] },
    args: {
      job: t.arg.globalID({ required: true, for: JobRef }),
      chart: t.arg.string({ required: true, description: 'As `pca`.' }),
      x: t.arg.floatList({ description: 'From and to; without it all points.' }),
      y: t.arg.floatList(),
      marks: t.arg.int({ required: true, defaultValue: MARKS.usual, description: `At most ${MARKS.most}.` }),
    },
    resolve: (_root, { job, chart, x, y, marks }, { core }) =>
      pointWindow(core, uuidOf(job), chart, { ...ranges(x, 'x'), ...ranges(y, 'y'), marks }),
  }),
);

const ranges = <K extends 'x' | 'y'>(range: readonly number[] | null | undefined, name: K) =>
  range == null ? {} : { [name]: [range[0] ?? Number.NaN, range[1] ?? Number.NaN] as const };
