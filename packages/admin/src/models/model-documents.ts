import { graphql, type Result } from '../graphql/graphql.ts';

/** A row of the list. */
export const ModelRow = graphql(`
  fragment ModelRow on ModelVersion {
    __typename id uuid model version ordinal aliases featuresCount createdAt
    trainMetrics { key value }
    trainedOn { id uuid name }
  }
`);

export const ModelDetail = graphql(
  `fragment ModelDetail on ModelVersion {
    ...ModelRow
    artifactHash
    run { id runId params { key value } metrics { key value } tags { key value } job { id status } dvcRevision { commit tag } }
  }`,
  [ModelRow],
);

export const ModelList = graphql(
  `query ModelList($first: Int, $after: String, $order: PageOrder) {
    page: modelVersions(first: $first, after: $after, order: $order) {
      nodes { ...ModelRow }
      pageInfo { endCursor hasNextPage }
      totalCount { count exact }
    }
  }`,
  [ModelRow],
);

export const ModelOne = graphql(
  `query ModelOne($id: ID!) { node(id: $id) { __typename ... on ModelVersion { ...ModelDetail } } }`,
  [ModelDetail],
);

export const ModelMany = graphql(
  `query ModelMany($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on ModelVersion { ...ModelDetail } } }`,
  [ModelDetail],
);

/** The last versions with their metrics, for curves over versions. */
export const ModelMetrics = graphql(`
  query ModelMetrics {
    modelVersions(first: 50) { nodes { id model version aliases trainMetrics { key value } } }
  }
`);

export const ModelHistory = graphql(`
  query ModelHistory {
    modelPromotions(first: 20) {
      nodes { id alias reason createdAt modelVersion { id version } previous { id version } }
    }
    deployments(first: 20) {
      nodes { serial createdAt datasetVersion { id name } modelVersion { id version } }
    }
  }
`);

export const PromoteModel = graphql(`
  mutation PromoteModel($id: ID!, $reason: String!) {
    result: promoteModel(id: $id, reason: $reason) {
      __typename
      ... on ModelPromotion { id modelVersion { id version } }
      ... on DomainError { code message details }
    }
  }
`);

export const RollbackModel = graphql(`
  mutation RollbackModel($model: String!, $reason: String!) {
    result: rollbackModel(model: $model, reason: $reason) {
      __typename
      ... on ModelPromotion { id modelVersion { id version } }
      ... on DomainError { code message details }
    }
  }
`);

export type Model = Result<typeof ModelRow>;
export type ModelDetails = Result<typeof ModelDetail>;
