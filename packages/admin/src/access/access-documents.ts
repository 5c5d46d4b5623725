import { graphql } from '../graphql/graphql.ts';

export const MeFields = graphql(`fragment MeFields on Me { name role may mustChangePassword }`);

export const WhoAmI = graphql(`query WhoAmI { me { ...MeFields } }`, [MeFields]);

export const SignIn = graphql(
  `mutation SignIn($name: String!, $password: String!) {
    result: signIn(name: $name, password: $password) {
      __typename
      ... on Me { ...MeFields }
      ... on DomainError { code message details }
      ... on SignInRefusedError { retryAfter }
      ... on InvalidInputError { field }
    }
  }`,
  [MeFields],
);

export const SignOut = graphql(`mutation SignOut { signOut }`);

export const ChangePassword = graphql(
  `mutation ChangePassword($current: String!, $next: String!) {
    result: changePassword(current: $current, next: $next) {
      __typename
      ... on Me { ...MeFields }
      ... on DomainError { code message details }
      ... on SignInRefusedError { retryAfter }
      ... on InvalidInputError { field }
    }
  }`,
  [MeFields],
);
