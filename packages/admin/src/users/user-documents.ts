import { graphql } from '../graphql/graphql.ts';

export const UserRow = graphql(`
  fragment UserRow on User { __typename id name role active createdAt lastSeenAt }
`);

export const UserList = graphql(
  `query UserList($first: Int, $after: String, $order: PageOrder) {
    page: users(first: $first, after: $after, order: $order) {
      nodes { ...UserRow }
      pageInfo { endCursor hasNextPage }
      totalCount { count exact }
    }
  }`,
  [UserRow],
);

export const CreateUser = graphql(
  `mutation CreateUser($name: String!, $role: Role!, $password: String!, $mustChangePassword: Boolean!) {
    result: createUser(name: $name, role: $role, password: $password, mustChangePassword: $mustChangePassword) {
      __typename
      ... on User { ...UserRow }
      ... on DomainError { code message details }
    }
  }`,
  [UserRow],
);

export const ChangeUser = graphql(
  `mutation ChangeUser($id: ID!, $role: Role, $active: Boolean) {
    result: changeUser(id: $id, role: $role, active: $active) {
      __typename
      ... on User { ...UserRow }
      ... on DomainError { code message details }
    }
  }`,
  [UserRow],
);

export const ResetPassword = graphql(
  `mutation ResetPassword($id: ID!) {
    result: resetPassword(id: $id) {
      __typename
      ... on OneTimePassword { password user { ...UserRow } }
      ... on DomainError { code message details }
    }
  }`,
  [UserRow],
);
