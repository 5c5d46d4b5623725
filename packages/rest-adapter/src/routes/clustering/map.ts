import { z } from 'zod';
import { plainRoute } from '../../route.ts';
import { ERROR_FIELDS } from '../../run-document.ts';
import { globalId, NOT_FOUND } from '../datasets/dataset-json.ts';
import { jobId } from './job-json.ts';

export const clusteringMap = plainRoute({
  id: 'clusteringMap',
  method: 'get',
  path: '/api/clustering-jobs/{id}/map',
  tag: 'clustering',
  summary: 'The stores of a job with their clusters, as GeoJSON; above 5,000 put together by a grid',
  response: z
    .looseObject({ type: z.literal('FeatureCollection'), bbox: z.array(z.number()), features: z.array(z.unknown()) })
    .meta({ id: 'ClusteringMap' }),
  errors: { 400: 'the table has no coordinates', 404: 'there is no such job, or its clustering has not run' },
  document: `query ClusteringMap($id: ID!) { clusteringMap(job: $id) { ... on ClusteringMap { geojson } ${ERROR_FIELDS} } }`,
  async handle(run, { params: { id } }) {
    const { geojson } = (await run({ id: jobId(id) })) as { geojson: unknown };
    return { text: JSON.stringify(geojson), type: 'application/geo+json' };
  },
});

export const placeCheck = plainRoute({
  id: 'checkPlaces',
  method: 'get',
  path: '/api/datasets/{id}/places',
  tag: 'tables',
  summary:
    'What is wrong with the coordinates of a table: exchanged columns, single rows that look exchanged, no places, places that repeat',
  query: z.object({ latitude: z.string().optional(), longitude: z.string().optional() }),
  response: z.looseObject({ latitude: z.string(), longitude: z.string(), swapped: z.boolean() }).meta({ id: 'Places' }),
  errors: { ...NOT_FOUND, 400: 'it has no coordinates, or no such column of numbers' },
  document: `query PlaceCheck($id: ID!, $latitude: String, $longitude: String) {
    placeCheck(dataset: $id, latitude: $latitude, longitude: $longitude) { ... on PlaceCheck {
      latitude longitude rows places swapped reason missing out_of_range: outOfRange zero duplicates examples { row fault } suspected suspects { row latitude longitude }
    } ${ERROR_FIELDS} } }`,
  async handle(run, { params: { id }, query }) {
    const named = { latitude: query.get('latitude'), longitude: query.get('longitude') };
    return { value: await run({ id: globalId(id), ...named }) };
  },
});
