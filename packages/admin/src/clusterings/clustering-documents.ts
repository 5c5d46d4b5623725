import { graphql } from '../graphql/graphql.ts';
import { JobRow, JobWhole } from '../jobs/job-documents.ts';

/** A row of the list. */
export const ClusteringRow = graphql(
  `fragment ClusteringRow on Job { ...JobRow clustering { method clusters noise rows silhouette } }`,
  [JobRow],
);

export const ClusteringList = graphql(
  `query ClusteringList($first: Int, $after: String, $orderBy: JobOrder, $text: String, $status: [JobStatus!]) {
    page: jobs(first: $first, after: $after, orderBy: $orderBy, text: $text, status: $status, pipeline: "clustering") {
      nodes { ...ClusteringRow }
      pageInfo { endCursor hasNextPage }
      totalCount { count exact }
    }
  }`,
  [ClusteringRow],
);

export const ClusteringOne = graphql(
  `query ClusteringOne($id: ID!) {
    job: clusteringJob(id: $id) {
      __typename
      ... on Job { ...ClusteringRow ...JobWhole }
      ... on DomainError { code message details }
    }
  }`,
  [ClusteringRow, JobWhole],
);

/** What a JSON file of a job holds. */
export const ClusteringJson = graphql(`
  query ClusteringJson($job: ID!, $name: String!) {
    file: clusteringFile(job: $job, name: $name) {
      __typename
      ... on Artifact { json }
      ... on DomainError { code message details }
    }
  }
`);

export const CreateClusteringJob = graphql(
  `mutation CreateClusteringJob($dataset: ID!, $params: Json, $seed: Int, $start: Boolean) {
    result: createClusteringJob(dataset: $dataset, params: $params, seed: $seed, start: $start) {
      __typename
      ... on Job { ...ClusteringRow }
      ... on DomainError { code message details }
    }
  }`,
  [ClusteringRow],
);

export const RunClusteringStage = graphql(
  `mutation RunClusteringStage($job: ID!, $stage: String!) {
    result: runClusteringStage(job: $job, stage: $stage) {
      __typename
      ... on Job { ...JobRow }
      ... on DomainError { code message details }
    }
  }`,
  [JobRow],
);

export const DeleteClusteringJob = graphql(`
  mutation DeleteClusteringJob($id: ID!) {
    result: deleteClusteringJob(id: $id) {
      __typename
      ... on Job { id }
      ... on DomainError { code message details }
    }
  }
`);
