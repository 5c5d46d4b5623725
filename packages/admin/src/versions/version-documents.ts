import { graphql, type Result } from '../graphql/graphql.ts';
import { JobRow } from '../jobs/job-documents.ts';

/** A row of the list; what events bring is part of it. */
export const VersionRow = graphql(`
  fragment VersionRow on DatasetVersion {
    __typename id uuid name ordinal status createdAt committedAt processedAt
    rowCounts { table rows }
    validationResult { id valid checksTotal checksPassed checksFailed }
    driftReport { id driftDetected driftScore actionTaken }
  }
`);

export const VersionList = graphql(
  `query VersionList(
    $first: Int, $after: String, $orderBy: DatasetVersionOrder, $status: [DatasetVersionStatus!], $text: String
  ) {
    page: datasetVersions(
      dataset: "lookalike", first: $first, after: $after, orderBy: $orderBy, status: $status, text: $text
    ) {
      nodes { ...VersionRow }
      pageInfo { endCursor hasNextPage }
      totalCount { count exact }
    }
  }`,
  [VersionRow],
);

export const VersionOne = graphql(
  `query VersionOne($id: ID!) {
    node(id: $id) {
      __typename
      ... on DatasetVersion { ...VersionRow manifestHash dvcRevision { commit tag } }
    }
  }`,
  [VersionRow],
);

export const VersionMany = graphql(
  `query VersionMany($ids: [ID!]!) { nodes(ids: $ids) { ... on DatasetVersion { ...VersionRow } } }`,
  [VersionRow],
);

export const VersionBatches = graphql(`
  query VersionBatches($id: ID!) {
    node(id: $id) {
      ... on DatasetVersion {
        id status
        batches { table batches totalBatches missing records bytes }
      }
    }
  }
`);

export const VersionQuality = graphql(`
  query VersionQuality($id: ID!) {
    validationResults(datasetVersion: $id, first: 1) {
      nodes {
        id valid checksTotal checksPassed checksFailed createdAt
        failedChecks { table check details severity }
        expectations {
          table check type column severity success kwargs elements missing unexpected unexpectedPercent observed
          samples { value count }
        }
      }
    }
  }
`);

export const VersionDrift = graphql(`
  query VersionDrift($id: ID!) {
    driftReports(datasetVersion: $id, first: 1) {
      nodes {
        id driftDetected driftScore actionTaken features htmlUrl evidentlyUrl createdAt
        reference { id name }
        columns { feature description kind window currentRows referenceRows bars { label reference current rest } }
      }
    }
  }
`);

export const VersionWork = graphql(
  `query VersionWork($id: ID!) {
    jobs(datasetVersion: $id, first: 20) { nodes { ...JobRow } }
    modelVersions(trainedOn: $id, first: 20) { nodes { id version aliases createdAt } }
  }`,
  [JobRow],
);

export type Version = Result<typeof VersionRow>;
export type VersionDetails = Extract<Result<typeof VersionOne>['node'], { readonly __typename: 'DatasetVersion' }>;
export type Quality = Result<typeof VersionQuality>['validationResults']['nodes'][number];
export type Expectation = Quality['expectations'][number];
export type Drift = Result<typeof VersionDrift>['driftReports']['nodes'][number];
export type DriftColumn = Drift['columns'][number];
