import { graphql, type Result } from '../graphql/graphql.ts';

/** A row of the list. */
export const RunRow = graphql(`
  fragment RunRow on ExperimentRun {
    __typename id runId experiment status startedAt endedAt modelVersion
    datasetVersion { id uuid name }
    metrics { key value }
  }
`);

export const RunList = graphql(
  `query RunList($first: Int, $after: String, $order: PageOrder, $status: [ExperimentRunStatus!], $published: Boolean) {
    page: experimentRuns(first: $first, after: $after, order: $order, status: $status, published: $published) {
      nodes { ...RunRow }
      pageInfo { endCursor hasNextPage }
      totalCount { count exact }
    }
  }`,
  [RunRow],
);

export const RunOne = graphql(
  `query RunOne($id: ID!) {
    node(id: $id) {
      __typename
      ... on ExperimentRun {
        ...RunRow
        params { key value } tags { key value }
        job { id status pipeline }
        dvcRevision { commit tag }
      }
    }
  }`,
  [RunRow],
);

export type Run = Result<typeof RunRow>;
export type RunDetails = Extract<Result<typeof RunOne>['node'], { readonly __typename: 'ExperimentRun' }>;
