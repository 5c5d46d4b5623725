import { graphql } from '../../graphql/graphql.ts';

export const ClusteringPoints = graphql(`
  query ClusteringPoints($job: ID!, $chart: String!, $marks: Int!, $x: [Float!], $y: [Float!]) {
    points: clusteringPoints(job: $job, chart: $chart, marks: $marks, x: $x, y: $y) {
      __typename
      ... on PointWindow {
        xName yName points exact x y label count index
        whole { x y }
        clusters { label rows }
      }
      ... on DomainError { code message details }
    }
  }
`);
