import { graphql } from '../../graphql/graphql.ts';

export const ClusteringMapOf = graphql(`
  query ClusteringMapOf($job: ID!) {
    map: clusteringMap(job: $job) {
      __typename
      ... on ClusteringMap { geojson }
      ... on DomainError { code message details }
    }
  }
`);
