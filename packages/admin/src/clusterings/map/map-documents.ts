import { graphql } from '../../graphql/graphql.ts';

export const ClusteringMapOf = graphql(`
  query ClusteringMapOf($job: ID!) {
    map: clusteringMap(job: $job) {
      __typename
      ... on ClusteringMap {
        geojson
        check {
          latitude longitude rows places swapped missing outOfRange zero duplicates
          examples { row fault }
          suspected suspects { row latitude longitude }
        }
      }
      ... on DomainError { code message details }
    }
  }
`);
