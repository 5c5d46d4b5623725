import { graphql } from '../graphql/graphql.ts';

export const RequestRow = graphql(`
  fragment RequestRow on RecentRequest { at method path route operation status refused code milliseconds requestId }
`);

export const RequestList = graphql(
  `query RequestList(
    $first: Int, $after: String, $text: String, $method: String, $refused: Boolean, $code: String
    $requestId: String, $slowerThan: Float
  ) {
    page: requests(
      first: $first, after: $after, text: $text, method: $method, refused: $refused, code: $code
      requestId: $requestId, slowerThan: $slowerThan
    ) {
      edges { cursor node { ...RequestRow } }
      pageInfo { endCursor hasNextPage }
      totalCount { count exact }
    }
  }`,
  [RequestRow],
);
