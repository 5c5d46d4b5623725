import { graphql } from '../../graphql/graphql.ts';
import { JobRow } from '../../jobs/job-documents.ts';

export const LabelCandidates = graphql(`
  query LabelCandidates($job: ID!) {
    found: labelCandidates(job: $job) {
      __typename
      ... on LabelCandidates {
        candidates { rows dataset { id name } misfits { column problem wanted found } }
      }
      ... on DomainError { code message details }
    }
  }
`);

export const LabellingsOf = graphql(
  `query LabellingsOf($job: ID!) {
    labellings: labellingJobs(job: $job) {
      ...JobRow
      error { code message retryable }
      stages { id name summary artifacts { id name bytes } }
    }
  }`,
  [JobRow],
);

export const LabelDataset = graphql(
  `mutation LabelDataset($job: ID!, $dataset: ID!) {
    result: labelDataset(job: $job, dataset: $dataset) {
      __typename
      ... on Job { ...JobRow }
      ... on DomainError { code message details }
    }
  }`,
  [JobRow],
);
