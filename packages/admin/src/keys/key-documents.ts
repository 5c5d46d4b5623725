import { graphql } from '../graphql/graphql.ts';

export const KeyRow = graphql(`
  fragment KeyRow on ApiKey {
    __typename id name role scopes prefix createdAt createdBy expiresAt lastUsedAt revokedAt
  }
`);

export const KeyList = graphql(
  `query KeyList($first: Int, $after: String, $order: PageOrder) {
    page: apiKeys(first: $first, after: $after, order: $order) {
      nodes { ...KeyRow }
      pageInfo { endCursor hasNextPage }
      totalCount { count exact }
    }
  }`,
  [KeyRow],
);

export const KeyScopes = graphql(`query KeyScopes { keyScopes accessRules { mutation needs scope } }`);

export const CreateKey = graphql(
  `mutation CreateKey($name: String!, $role: Role!, $scopes: [String!], $expiresAt: DateTime) {
    result: createApiKey(name: $name, role: $role, scopes: $scopes, expiresAt: $expiresAt) {
      __typename
      ... on CreatedApiKey { token apiKey { ...KeyRow } }
      ... on DomainError { code message details }
    }
  }`,
  [KeyRow],
);

export const RevokeKey = graphql(
  `mutation RevokeKey($id: ID!) {
    result: revokeApiKey(id: $id) {
      __typename
      ... on ApiKey { ...KeyRow }
      ... on DomainError { code message details }
    }
  }`,
  [KeyRow],
);
