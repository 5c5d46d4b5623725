import { DatasetRef } from '../datasets/dataset.graphql.ts';
import { builder } from '../graphql/builder.ts';
import { uuidOf } from '../graphql/entities.ts';
import { InvalidInputError, NotFoundError } from '../graphql/expected-errors.ts';
import { JobRef } from '../jobs/job.graphql.ts';
import type { Json } from '../pipelines/stage.ts';
import { type ClusteringMap, checkPlaces, clusteringMap, type PlaceCheck } from './geo.operations.ts';

const FaultyPlace = builder.simpleObject('FaultyPlace', { fields: (t) => ({ row: t.int(), fault: t.string() }) });

const SuspectedPlace = builder.simpleObject('SuspectedPlace', {
  fields: (t) => ({ row: t.int(), latitude: t.float(), longitude: t.float() }),
});

const PlaceCheckRef = builder.objectRef<PlaceCheck>('PlaceCheck').implement({
  description: "What is wrong with a table's coordinates.",
  fields: (t) => ({
    latitude: t.exposeString('latitude', { description: 'Name of the column.' }),
    longitude: t.exposeString('longitude'),
    rows: t.exposeInt('rows'),
    places: t.exposeInt('places', { description: 'Rows whose coordinates are a place.' }),
    swapped: t.exposeBoolean('swapped', { description: 'The columns hold each what the other is named for.' }),
    reason: t.exposeString('reason'),
    missing: t.int({ resolve: ({ faults }) => faults.missing }),
    outOfRange: t.int({ resolve: ({ faults }) => faults.out_of_range }),
    zero: t.int({ description: 'At 0, 0 in the sea.', resolve: ({ faults }) => faults.zero }),
    examples: t.field({ type: [FaultyPlace], resolve: ({ examples }) => [...examples] }),
    suspected: t.exposeInt('suspected', {
      description: 'Rows away from the bulk of the table that would be of it with their own two coordinates exchanged.',
    }),
    suspects: t.field({
      type: [SuspectedPlace],
      description: 'The first of them, as the table has them.',
      resolve: ({ suspects }) => [...suspects],
    }),
    duplicates: t.exposeInt('duplicates', { description: 'Rows at the very place of a row before them.' }),
  }),
});

const ClusteringMapRef = builder.objectRef<ClusteringMap>('ClusteringMap').implement({
  fields: (t) => ({
    geojson: t.field({ type: 'Json', description: 'RFC 7946.', resolve: ({ geojson }) => geojson as Json }),
    check: t.field({
      type: PlaceCheckRef,
      description: 'Of all rows of the table that was clustered, also those that were left out.',
      resolve: ({ check }) => check,
    }),
  }),
});

const expected = { types: [NotFoundError, InvalidInputError] };

builder.queryFields((t) => ({
  placeCheck: t.field({
    type: PlaceCheckRef,
    errors: expected,
    args: {
      dataset: t.arg.globalID({ required: true, for: DatasetRef }),
      latitude: t.arg.string({ description: 'Found by its name unless given.' }),
      longitude: t.arg.string(),
    },
    resolve: (_root, { dataset, latitude, longitude }, { core }) =>
      checkPlaces(core, uuidOf(dataset), { latitude: latitude ?? null, longitude: longitude ?? null }),
  }),
  clusteringMap: t.field({
    type: ClusteringMapRef,
    description: 'The rows of a job with their clusters; above 5,000, put together by a grid.',
    errors: expected,
    args: { job: t.arg.globalID({ required: true, for: JobRef }) },
    resolve: (_root, { job }, { core }) => clusteringMap(core, uuidOf(job)),
  }),
}));
