import { ArtifactRef } from '../../artifacts/artifact.graphql.ts';
import { DatasetRef } from '../../datasets/dataset.graphql.ts';
import { builder } from '../../graphql/builder.ts';
import { uuidOf } from '../../graphql/entities.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../graphql/expected-errors.ts';
import { paramsObject } from '../../graphql/params-object.ts';
import { JobRef } from '../../jobs/job.graphql.ts';
import type { Json } from '../../pipelines/stage.ts';
import { PresetRef } from '../../presets/preset.graphql.ts';
import { clusteringFile } from '../clustering.operations.ts';
import { type Leaderboard, type LeaderboardEntry, TRIAL_STATES } from './leaderboard.ts';
import {
  clusteringSearch,
  createClusteringSearch,
  createJobFromSearch,
  listClusteringSearches,
  savePresetFromSearch,
  searchLeaderboard,
} from './search.operations.ts';
import { CLUSTERING_SEARCH } from './search.pipeline.ts';
import { searchForm } from './search-params.ts';
import type { TriedTrial } from './tried-line.ts';
import { type TriedTrials, triedTrials } from './tried-trials.ts';

const MOST_TRIED = 500;

const TrialState = builder.enumType('ClusteringTrialState', { values: TRIAL_STATES });

const EntryRef = builder.objectRef<LeaderboardEntry>('ClusteringTrial').implement({
  description: 'A pipeline that a search has tried, or would have.',
  fields: (t) => ({
    rank: t.exposeInt('rank', { nullable: true, description: 'From 1; null of trials without a result.' }),
    trial: t.exposeInt('trial', { description: 'Place in the plan.' }),
    name: t.exposeString('name'),
    state: t.field({ type: TrialState, resolve: ({ state }) => state }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why it has no result, or one that tells nothing.',
    }),
    preparation: t.exposeString('preparation'),
    reduction: t.exposeString('reduction'),
    method: t.exposeString('method'),
    clusters: t.exposeInt('clusters', { nullable: true }),
    sizes: t.intList({ description: 'Rows of each cluster.', resolve: ({ sizes }) => [...sizes] }),
    noise: t.exposeFloat('noise', { nullable: true, description: 'Share of the rows in no cluster.' }),
    silhouette: t.exposeFloat('silhouette', { nullable: true }),
    calinskiHarabasz: t.float({ nullable: true, resolve: (entry) => entry.calinski_harabasz }),
    daviesBouldin: t.float({ nullable: true, resolve: (entry) => entry.davies_bouldin }),
    densityValidity: t.float({ nullable: true, resolve: (entry) => entry.density_validity }),
    stability: t.exposeFloat('stability', { nullable: true, description: 'Of finalists, by bootstrap.' }),
    score: t.exposeFloat('score', { nullable: true, description: 'The higher the better, as `formula` says.' }),
    adjustedRand: t.float({
      nullable: true,
      description: 'Against `label_column`; it counts nothing for the rank.',
      resolve: (entry) => entry.adjusted_rand,
    }),
    rows: t.exposeInt('rows', { nullable: true, description: 'That were clustered and judged.' }),
    sameAs: t.int({
      nullable: true,
      description: 'The trial that found the same clusters.',
      resolve: (entry) => entry.same_as,
    }),
    summary: t.exposeString('summary', { nullable: true, description: 'What is in the clusters, of the first ones.' }),
    params: t.field({
      type: 'Json',
      nullable: true,
      description: 'As `createClusteringJob` takes them.',
      resolve: ({ params }) => params as Json,
    }),
  }),
});

const LeaderboardRef = builder.objectRef<Leaderboard>('ClusteringLeaderboard').implement({
  fields: (t) => ({
    rows: t.exposeInt('rows'),
    sampleRows: t.int({ description: 'On which all trials began.', resolve: (board) => board.sample_rows }),
    formula: t.exposeString('formula', { description: 'How trials are put in order.' }),
    notes: t.stringList({ resolve: ({ notes }) => [...notes] }),
    trials: t.field({ type: 'Json', description: 'How many of each state.', resolve: ({ trials }) => trials as Json }),
    entries: t.field({
      type: [EntryRef],
      description: 'Best first.',
      args: { first: t.arg.int({ required: true, defaultValue: 20 }) },
      resolve: ({ entries }, { first }) => entries.slice(0, Math.max(0, first)),
    }),
  }),
});

const TriedRef = builder.objectRef<TriedTrial>('TriedTrial').implement({
  description: 'A pipeline that a search has tried on the sample of its rows.',
  fields: (t) => ({
    trial: t.exposeInt('trial', { description: 'Place in the plan.' }),
    name: t.exposeString('name'),
    state: t.field({ type: TrialState, resolve: ({ state }) => state }),
    reason: t.exposeString('reason', { nullable: true }),
    preparation: t.exposeString('preparation'),
    reduction: t.exposeString('reduction'),
    method: t.exposeString('method'),
    params: t.field({ type: 'Json', description: "The method's.", resolve: ({ params }) => params as Json }),
    clusters: t.exposeInt('clusters', { nullable: true }),
    noise: t.exposeFloat('noise', { nullable: true, description: 'Share of the rows in no cluster.' }),
    silhouette: t.exposeFloat('silhouette', { nullable: true }),
    score: t.exposeFloat('score', { nullable: true, description: 'Without stability, which only finalists have.' }),
    seconds: t.exposeFloat('seconds', { description: 'That it took.' }),
  }),
});

const TriedTrialsRef = builder.objectRef<TriedTrials>('TriedTrials').implement({
  fields: (t) => ({
    count: t.exposeInt('count', { description: 'How many have been tried.' }),
    trials: t.field({ type: [TriedRef], description: 'Best first.', resolve: ({ trials }) => [...trials] }),
  }),
});

const missing = { types: [NotFoundError] };

builder.queryFields((t) => ({
  clusteringSearchForm: t.field({
    type: 'Json',
    description: "JSON Schema of a search's parameters.",
    resolve: () => searchForm() as Json,
  }),
  clusteringSearch: t.field({
    type: JobRef,
    errors: missing,
    args: { id: t.arg.globalID({ required: true, for: JobRef }) },
    resolve: (_root, { id }, { core }) => clusteringSearch(core, uuidOf(id)),
  }),
  clusteringSearches: t.field({
    type: [JobRef],
    description: 'Newest first, by place.',
    args: {
      limit: t.arg.int({ required: true, defaultValue: 100 }),
      offset: t.arg.int({ required: true, defaultValue: 0 }),
    },
    resolve: (_root, page, { core }) => listClusteringSearches(core, page),
  }),
  clusteringLeaderboard: t.field({
    type: LeaderboardRef,
    errors: missing,
    args: { search: t.arg.globalID({ required: true, for: JobRef }) },
    resolve: (_root, { search }, { core }) => searchLeaderboard(core, uuidOf(search)),
  }),
  triedTrials: t.field({
    type: TriedTrialsRef,
    description: 'What a search has tried so far, as it runs; `clusteringLeaderboard` is there when it has ended.',
    errors: missing,
    args: {
      search: t.arg.globalID({ required: true, for: JobRef }),
      first: t.arg.int({ required: true, defaultValue: 20 }),
    },
    resolve: (_root, { search, first }, { core }) =>
      triedTrials(core, uuidOf(search), Math.max(0, Math.min(first, MOST_TRIED))),
  }),
  clusteringSearchFile: t.field({
    type: ArtifactRef,
    errors: missing,
    args: { search: t.arg.globalID({ required: true, for: JobRef }), name: t.arg.string({ required: true }) },
    resolve: (_root, { search, name }, { core }) => clusteringFile(core, uuidOf(search), name, CLUSTERING_SEARCH),
  }),
}));

const expected = { types: [NotFoundError, ConflictError, InvalidInputError] };

builder.mutationFields((t) => ({
  createClusteringSearch: t.field({
    type: JobRef,
    description:
      'Tries clustering pipelines on the newest version of a data set while its budget lasts; it starts at once.',
    errors: expected,
    args: {
      dataset: t.arg.globalID({ required: true, for: DatasetRef }),
      params: t.arg({ type: 'Json', description: 'As `clusteringSearchForm` says.' }),
      seed: t.arg.int(),
    },
    resolve: (_root, { dataset, params, seed }, { core }) =>
      createClusteringSearch(core, {
        datasetId: uuidOf(dataset),
        params: params == null ? undefined : paramsObject(params),
        seed: seed ?? undefined,
      }),
  }),
  createJobFromSearch: t.field({
    type: JobRef,
    description: 'A clustering job with the parameters and the seed of a trial.',
    errors: expected,
    args: {
      search: t.arg.globalID({ required: true, for: JobRef }),
      rank: t.arg.int({ description: "The winner's unless given." }),
      start: t.arg.boolean({ description: 'Runs to its end; otherwise it waits to be told which stages to run.' }),
    },
    resolve: (_root, { search, rank, start }, { core }) =>
      createJobFromSearch(core, uuidOf(search), { rank: rank ?? undefined, start: start ?? undefined }),
  }),
  savePresetFromSearch: t.field({
    type: PresetRef,
    description: 'Saves the parameters of a trial under a name.',
    errors: expected,
    args: {
      search: t.arg.globalID({ required: true, for: JobRef }),
      name: t.arg.string({ required: true }),
      rank: t.arg.int({ description: "The winner's unless given." }),
    },
    resolve: (_root, { search, name, rank }, { core }) =>
      savePresetFromSearch(core, uuidOf(search), { name, rank: rank ?? undefined }),
  }),
}));
