import { graphql } from '../../graphql/graphql.ts';
import { JobRow } from '../../jobs/job-documents.ts';

export const DendrogramCutOf = graphql(`
  query DendrogramCutOf($job: ID!, $clusters: Int, $height: Float, $leaves: Int) {
    cut: dendrogramCut(job: $job, clusters: $clusters, height: $height, leaves: $leaves) {
      __typename
      ... on DendrogramCut { clusters height from to sizes counts labels children heights }
      ... on DomainError { code message details }
    }
  }
`);

export const TakeDendrogramCut = graphql(
  `mutation TakeDendrogramCut($job: ID!, $clusters: Int) {
    result: takeDendrogramCut(job: $job, clusters: $clusters) {
      __typename
      ... on Job { ...JobRow }
      ... on DomainError { code message details }
    }
  }`,
  [JobRow],
);
