import { graphql } from '../../graphql/graphql.ts';

const Method = graphql(`fragment FormMethod on MethodForm { name title schema }`);

export const ClusteringForms = graphql(
  `query ClusteringForms {
    forms: clusteringForms {
      stage schema beside
      methods { ...FormMethod }
      choices { field params methods { ...FormMethod } }
    }
  }`,
  [Method],
);

export const ClusteringForecast = graphql(`
  query ClusteringForecast($dataset: ID!, $params: Json) {
    forecast: clusteringForecast(dataset: $dataset, params: $params) {
      __typename
      ... on ClusteringForecast {
        accepted limit exact notes seconds { low high }
        stages { stage method rows columns bytes planned refused mostRows methods }
      }
      ... on DomainError { code message details }
      ... on InvalidInputError { field }
    }
  }
`);

export const ColumnRolesOf = graphql(`
  query ColumnRolesOf($dataset: ID!) {
    roles: columnRoles(dataset: $dataset) {
      __typename
      ... on ColumnRoles { columns { column group default suggested } }
      ... on DomainError { code message details }
    }
  }
`);

export const SetColumnRoles = graphql(`
  mutation SetColumnRoles($dataset: ID!, $groups: [ColumnGroupInput!], $defaults: [String!]) {
    result: setColumnRoles(dataset: $dataset, groups: $groups, defaults: $defaults) {
      __typename
      ... on ColumnRoles { columns { column group default suggested } }
      ... on DomainError { code message details }
    }
  }
`);
