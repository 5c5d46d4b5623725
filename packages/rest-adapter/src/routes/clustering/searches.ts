import { z } from 'zod';
import { fileRoute, jsonRoute, plainRoute } from '../../route.ts';
import { ERROR_FIELDS } from '../../run-document.ts';
import { globalId } from '../datasets/dataset-json.ts';
import { pageOf, pageQuery } from '../page.ts';
import { DERIVED_FIELDS, type DerivedJobAnswer, derivedJobBody, derivedJobJson } from './derived-job-json.ts';
import { downloadOf } from './job-file.ts';
import { JOB_FIELDS, type JobAnswer, jobBody, jobId, jobJson } from './job-json.ts';

const BASE = '/api/clustering-searches';
const MOST = 1000;
const SEARCH_NOT_FOUND = { 404: 'there is no such search' };
const NO_BOARD = { 404: 'there is no such search, or it has not ended' };
const NOTHING_FOUND = 'no trial found clusters: name a rank to try one all the same';

const names = z.array(z.string());

export const createSearch = jsonRoute({
  id: 'createClusteringSearch',
  method: 'post',
  path: BASE,
  tag: 'clustering',
  summary: 'Try clustering pipelines on a data set while the budget lasts',
  description: 'Answers at once with a job that leaves `leaderboard.json`, `leaderboard.csv` and a picture of it.',
  bodyLimit: 1024 * 1024,
  request: z.strictObject({
    dataset: z.uuid(),
    parameters: z
      .strictObject({
        budget_seconds: z.number().nullable().optional().meta({
          description: 'Seconds to search, 1 to 1200; 60, or with `max_trials` no limit, unless given.',
        }),
        max_trials: z.int().nullable().optional().meta({
          description: 'Most trials; alone it makes the leaderboard the same bytes for the same data and seed.',
        }),
        n_clusters: z.object({ from: z.int().optional(), to: z.int().optional() }).optional(),
        preparations: names.optional(),
        reductions: names.optional(),
        methods: names.optional(),
        sample_rows: z.int().optional(),
        finalists: z.int().optional(),
        n_bootstraps: z.int().optional(),
        columns: names.nullable().optional(),
        label_column: z.string().nullable().optional(),
        feature_groups: names.nullable().optional(),
        column_groups: z.record(z.string(), z.unknown()).nullable().optional(),
        row_filter: z.record(z.string(), z.unknown()).nullable().optional(),
      })
      .optional(),
    seed: z.int().min(0).optional(),
  }),
  response: derivedJobBody,
  status: 202,
  errors: { 400: 'a parameter is wrong; `detail` names it', 404: 'there is no such data set' },
  document: `mutation CreateSearch($dataset: ID!, $params: Json, $seed: Int) {
    createClusteringSearch(dataset: $dataset, params: $params, seed: $seed) {
      ... on Job { ${DERIVED_FIELDS} } ${ERROR_FIELDS} } }`,
  async handle(run, { dataset, parameters, seed }, address) {
    const job = (await run({ dataset: globalId(dataset), params: parameters, seed })) as DerivedJobAnswer;
    return { value: derivedJobJson(job, BASE, address) };
  },
});

export const listSearches = plainRoute({
  id: 'listClusteringSearches',
  method: 'get',
  path: BASE,
  tag: 'clustering',
  summary: 'Searches, newest first',
  query: pageQuery(MOST),
  response: z.array(derivedJobBody),
  errors: { 400: 'limit, offset or page is none' },
  document: `query Searches($limit: Int!, $offset: Int!) {
    clusteringSearches(limit: $limit, offset: $offset) { ${DERIVED_FIELDS} } }`,
  async handle(run, address) {
    const found = (await run(pageOf(address.query, { most: MOST, usual: 100 }))) as readonly DerivedJobAnswer[];
    return { value: found.map((job) => derivedJobJson(job, BASE, address)) };
  },
});

export const getSearch = plainRoute({
  id: 'getClusteringSearch',
  method: 'get',
  path: `${BASE}/{id}`,
  tag: 'clustering',
  summary: 'How far a search is; `result` has its winner',
  response: derivedJobBody,
  errors: SEARCH_NOT_FOUND,
  document: `query Search($id: ID!) { clusteringSearch(id: $id) { ... on Job { ${DERIVED_FIELDS} } ${ERROR_FIELDS} } }`,
  async handle(run, address) {
    return { value: derivedJobJson((await run({ id: jobId(address.params.id) })) as DerivedJobAnswer, BASE, address) };
  },
});

export const downloadSearchFile = fileRoute({
  id: 'downloadClusteringSearchFile',
  method: 'get',
  path: `${BASE}/{id}/files/{name}`,
  tag: 'clustering',
  summary: 'A file of a search',
  type: 'application/octet-stream',
  response: z.string().meta({ format: 'binary' }),
  errors: { 404: 'there is no such search, or it has no such file yet' },
  document: `query SearchFile($id: ID!, $name: String!) { clusteringSearchFile(search: $id, name: $name) {
    ... on Artifact { name bytes objectKey } ${ERROR_FIELDS} } }`,
  handle: (run, { params: { id, name } }) => downloadOf(run({ id: jobId(id), name })),
});

const rank = z.int().min(1).optional().meta({ description: "Of the trial; the winner's unless given." });

export const createSearchedJob = jsonRoute({
  id: 'createJobFromSearch',
  method: 'post',
  path: `${BASE}/{id}/jobs`,
  tag: 'clustering',
  summary: 'Make a clustering job with the parameters and the seed of a trial',
  bodyLimit: 64 * 1024,
  request: z.strictObject({
    rank,
    start: z.boolean().optional().meta({
      description: 'It runs to its end; otherwise it waits to be told which stages to run.',
    }),
  }),
  response: jobBody,
  status: 201,
  errors: { 400: 'nothing has that rank', ...NO_BOARD, 409: NOTHING_FOUND },
  document: `mutation SearchedJob($search: ID!, $rank: Int, $start: Boolean) {
    createJobFromSearch(search: $search, rank: $rank, start: $start) { ... on Job { ${JOB_FIELDS} } ${ERROR_FIELDS} } }`,
  async handle(run, body, address) {
    return { value: jobJson((await run({ search: jobId(address.params.id), ...body })) as JobAnswer, address) };
  },
});

export const saveSearchedPreset = jsonRoute({
  id: 'savePresetFromSearch',
  method: 'post',
  path: `${BASE}/{id}/presets`,
  tag: 'clustering',
  summary: 'Save the parameters of a trial under a name, in place of those that have it',
  bodyLimit: 64 * 1024,
  request: z.strictObject({ name: z.string().min(1), rank }),
  response: z
    .object({ name: z.string(), description: z.string(), parameters: z.record(z.string(), z.unknown()) })
    .meta({ id: 'SavedPreset' }),
  status: 201,
  errors: { 400: 'nothing has that rank, or the name is none', ...NO_BOARD, 409: NOTHING_FOUND },
  document: `mutation SearchedPreset($search: ID!, $rank: Int, $name: String!) {
    savePresetFromSearch(search: $search, rank: $rank, name: $name) {
      ... on Preset { name description params } ${ERROR_FIELDS} } }`,
  async handle(run, body, address) {
    const saved = (await run({ search: jobId(address.params.id), ...body })) as {
      name: string;
      description: string;
      params: Record<string, unknown>;
    };
    return { value: { name: saved.name, description: saved.description, parameters: saved.params } };
  },
});
