import { graphql } from '../graphql/graphql.ts';
import { JobRow, JobWhole } from '../jobs/job-documents.ts';

export const SearchList = graphql(
  `query SearchList($first: Int, $after: String, $orderBy: JobOrder, $text: String) {
    page: jobs(first: $first, after: $after, orderBy: $orderBy, text: $text, pipeline: "clustering_search") {
      nodes { ...JobRow }
      pageInfo { endCursor hasNextPage }
      totalCount { count exact }
    }
  }`,
  [JobRow],
);

export const SearchOne = graphql(
  `query SearchOne($id: ID!) {
    job: clusteringSearch(id: $id) {
      __typename
      ... on Job { ...JobWhole }
      ... on DomainError { code message details }
    }
  }`,
  [JobWhole],
);

export const SearchForm = graphql(`query SearchForm { form: clusteringSearchForm }`);

export const CreateSearch = graphql(
  `mutation CreateSearch($dataset: ID!, $params: Json) {
    result: createClusteringSearch(dataset: $dataset, params: $params) {
      __typename
      ... on Job { ...JobRow }
      ... on DomainError { code message details }
    }
  }`,
  [JobRow],
);

export const SearchLeaderboard = graphql(`
  query SearchLeaderboard($search: ID!) {
    board: clusteringLeaderboard(search: $search) {
      __typename
      ... on ClusteringLeaderboard {
        formula notes rows sampleRows trials
        entries(first: 50) {
          trial rank name state method clusters noise silhouette densityValidity stability score adjustedRand
          sizes summary reason sameAs
        }
      }
      ... on DomainError { code message details }
    }
  }
`);

export const TriedTrials = graphql(`
  query TriedTrials($search: ID!) {
    tried: triedTrials(search: $search, first: 15) {
      __typename
      ... on TriedTrials { count trials { trial name state method params clusters noise silhouette score seconds reason } }
      ... on DomainError { code message details }
    }
  }
`);

export const JobFromSearch = graphql(
  `mutation JobFromSearch($search: ID!, $rank: Int) {
    result: createJobFromSearch(search: $search, rank: $rank, start: true) {
      __typename
      ... on Job { ...JobRow }
      ... on DomainError { code message details }
    }
  }`,
  [JobRow],
);

export const PresetFromSearch = graphql(`
  mutation PresetFromSearch($search: ID!, $rank: Int, $name: String!) {
    result: savePresetFromSearch(search: $search, rank: $rank, name: $name) {
      __typename
      ... on Preset { name }
      ... on DomainError { code message details }
    }
  }
`);
