import { graphql } from '../graphql/graphql.ts';

/** A row of the list; what events bring is the same. */
export const JobRow = graphql(`
  fragment JobRow on Job {
    __typename id uuid pipeline status outcome progress message etaSeconds createdAt startedAt finishedAt attempt
    datasetVersion { id name ordinal dataset { id name kind } }
  }
`);

export const JobList = graphql(
  `query JobList(
    $first: Int, $after: String, $orderBy: JobOrder, $text: String
    $status: [JobStatus!], $pipeline: String, $dataset: ID, $datasetVersion: ID
  ) {
    page: jobs(
      first: $first, after: $after, orderBy: $orderBy, text: $text
      status: $status, pipeline: $pipeline, dataset: $dataset, datasetVersion: $datasetVersion
    ) {
      nodes { ...JobRow }
      pageInfo { endCursor hasNextPage }
      totalCount { count exact }
    }
  }`,
  [JobRow],
);

export const JobStage = graphql(`
  fragment JobStage on StageRun {
    id name ordinal status progress message etaSeconds attempt startedAt finishedAt summary
    error { code message retryable }
    artifacts { id name bytes hash }
  }
`);

/** All that a page of one job shows. */
export const JobWhole = graphql(
  `fragment JobWhole on Job {
    ...JobRow
    seed idCard until parameters
    error { code message retryable }
    stages { ...JobStage }
  }`,
  [JobRow, JobStage],
);

export const JobOne = graphql(
  `query JobOne($id: ID!) {
    job(id: $id) {
      __typename
      ... on Job { ...JobWhole }
      ... on DomainError { code message details }
    }
  }`,
  [JobWhole],
);

export const JobMany = graphql(`query JobMany($ids: [ID!]!) { nodes(ids: $ids) { ... on Job { ...JobRow } } }`, [
  JobRow,
]);

export const JobMetrics = graphql(`
  query JobMetrics($id: ID!, $after: String) {
    job(id: $id) {
      __typename
      ... on Job {
        id
        metrics(first: 100, after: $after, order: OLDEST_FIRST) {
          nodes { stage key step value recordedAt }
          pageInfo { endCursor hasNextPage }
        }
      }
      ... on DomainError { code message details }
    }
  }
`);

export const JobLogLine = graphql(`fragment JobLogLine on JobLogLine { cursor at level stage message fields }`);

export const JobLog = graphql(
  `query JobLog($id: ID!, $level: LogLevel, $before: String) {
    job(id: $id) {
      __typename
      ... on Job {
        id
        logs(last: 100, before: $before, level: $level, order: OLDEST_FIRST) {
          nodes { ...JobLogLine }
          pageInfo { startCursor hasPreviousPage }
        }
      }
      ... on DomainError { code message details }
    }
  }`,
  [JobLogLine],
);

export const JobLogged = graphql(
  `subscription JobLogged($job: ID!, $level: LogLevel) { jobLogged(job: $job, level: $level) { ...JobLogLine } }`,
  [JobLogLine],
);

export const JobStageProgress = graphql(`
  subscription JobStageProgress($job: ID!) {
    stageProgress(job: $job) { stage status progress message etaSeconds }
  }
`);

export const JobMetricLogged = graphql(`
  subscription JobMetricLogged($job: ID!) { metricLogged(job: $job) { stage key step value } }
`);

export const CancelJob = graphql(
  `mutation CancelJob($id: ID!) {
    result: cancelJob(id: $id) { __typename ... on Job { ...JobRow } ... on DomainError { code message details } }
  }`,
  [JobRow],
);

export const RetryJob = graphql(
  `mutation RetryJob($id: ID!) {
    result: retryJob(id: $id) { __typename ... on Job { ...JobRow } ... on DomainError { code message details } }
  }`,
  [JobRow],
);

export const ContinueJob = graphql(
  `mutation ContinueJob($id: ID!) {
    result: continueJob(id: $id) { __typename ... on Job { ...JobRow } ... on DomainError { code message details } }
  }`,
  [JobRow],
);

export const RerunJob = graphql(
  `mutation RerunJob($id: ID!, $params: Json, $seed: Int) {
    result: rerunJob(id: $id, params: $params, seed: $seed) {
      __typename ... on Job { ...JobRow } ... on DomainError { code message details }
    }
  }`,
  [JobRow],
);
