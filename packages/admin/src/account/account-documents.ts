import { graphql } from '../graphql/graphql.ts';

export const SessionRow = graphql(`
  fragment SessionRow on Session { id createdAt lastSeenAt expiresAt userAgent current }
`);

export const MySessions = graphql(`query MySessions { mySessions { ...SessionRow } }`, [SessionRow]);

export const EndSession = graphql(`
  mutation EndSession($id: ID!) {
    result: endSession(id: $id) {
      __typename
      ... on Session { id }
      ... on DomainError { code message details }
    }
  }
`);
