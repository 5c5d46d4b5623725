import { graphql } from '../../graphql/graphql.ts';
import { JobRow } from '../../jobs/job-documents.ts';

export const RiskAnalysis = graphql(`
  query RiskAnalysis($job: ID!, $offset: Int!, $limit: Int!, $highestFirst: Boolean!) {
    risk: riskAnalysis(job: $job, offset: $offset, limit: $limit, highestFirst: $highestFirst) {
      __typename
      ... on RiskPage { total rows { index cluster score features } }
      ... on DomainError { code message details }
    }
  }
`);

export const RiskExplanation = graphql(`
  query RiskExplanation($job: ID!, $index: Int!) {
    risk: riskExplanation(job: $job, index: $index) {
      __typename
      ... on RiskExplanation { index base score contributions { feature value contribution } }
      ... on DomainError { code message details }
    }
  }
`);

export const RerunWithRisk = graphql(
  `mutation RerunWithRisk($id: ID!, $params: Json) {
    result: rerunJob(id: $id, params: $params) {
      __typename
      ... on Job { ...JobRow }
      ... on DomainError { code message details }
    }
  }`,
  [JobRow],
);
