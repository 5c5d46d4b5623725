import { z } from 'zod';
import { RestError } from '../../error-map.ts';
import { plainRoute } from '../../route.ts';
import { ERROR_FIELDS } from '../../run-document.ts';
import { jobId } from './job-json.ts';

const range = z.tuple([z.number(), z.number()]);
const ranges = z.object({ x: range, y: range });

export const clusteringPoints = plainRoute({
  id: 'clusteringPoints',
  method: 'get',
  path: '/api/clustering-jobs/{id}/points/{chart}',
  tag: 'clustering',
  summary: 'What a window of a scatter chart shows',
  description:
    'Points one by one where they are few, else put together by a grid: what the interactive page `/points` draws.',
  query: z.object({
    x: z.string().optional().meta({ description: 'From and to, as `-1.5,2`; without it all points.' }),
    y: z.string().optional(),
    marks: z.int().min(1).max(10_000).optional(),
  }),
  response: z
    .object({
      title: z.string(),
      xName: z.string(),
      yName: z.string(),
      whole: ranges,
      window: ranges,
      clusters: z.array(z.object({ label: z.int(), name: z.string(), color: z.string(), rows: z.int() })),
      points: z.int(),
      exact: z.boolean(),
      x: z.array(z.number()),
      y: z.array(z.number()),
      label: z.array(z.int()),
      count: z.array(z.int()),
      index: z.array(z.int()).nullable(),
    })
    .meta({ id: 'PointWindow' }),
  errors: { 400: 'x, y or marks is none', 404: 'there is no such job, or no such chart of it' },
  document: `query Points($job: ID!, $chart: String!, $x: [Float!], $y: [Float!], $marks: Int!) {
    clusteringPoints(job: $job, chart: $chart, x: $x, y: $y, marks: $marks) { ... on PointWindow {
      title xName yName whole { x y } window { x y } clusters { label name color rows }
      points exact x y label count index } ${ERROR_FIELDS} } }`,
  async handle(run, { params: { id, chart }, query }) {
    const marks = query.get('marks') ?? '2500';
    if (!/^\d{1,6}$/.test(marks)) throw wrong('marks', 'must be a whole number');
    return {
      value: await run({ job: jobId(id), chart, x: rangeOf(query, 'x'), y: rangeOf(query, 'y'), marks: Number(marks) }),
    };
  },
});

function rangeOf(query: URLSearchParams, name: string): number[] | null {
  const text = query.get(name);
  if (text === null) return null;
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (numbers.length === 2 && numbers.every(Number.isFinite)) return numbers;
  throw wrong(name, 'must be two numbers, as -1.5,2');
}

const wrong = (field: string, what: string) => new RestError('INVALID_INPUT', `${field} ${what}`, { field });
