import { graphql } from '../../graphql/graphql.ts';
import { ClusteringRow } from '../clustering-documents.ts';

export const CompareClusterings = graphql(
  `query CompareClusterings($first: ID!, $second: ID!) {
    comparison: compareClusterings(first: $first, second: $second, moved: 50) {
      __typename
      ... on ClusteringComparison {
        sameData sameSpace notes
        first { ...ClusteringRow }
        second { ...ClusteringRow }
        metrics { name title first second greaterIsBetter }
        parameters { name first second }
        labels {
          common moved onlyFirst onlySecond adjustedRand adjustedMutualInformation normalizedMutualInformation
          matches { first second }
          movedRows { index first second }
          table { first second rows }
        }
      }
      ... on DomainError { code message details }
    }
  }`,
  [ClusteringRow],
);
