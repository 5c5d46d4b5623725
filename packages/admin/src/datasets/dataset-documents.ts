import { graphql } from '../graphql/graphql.ts';

export const DatasetRow = graphql(`
  fragment DatasetRow on Dataset {
    __typename id uuid name kind createdAt
    table { fileName rows bytes uploadedAt warnings }
  }
`);

export const DatasetList = graphql(
  `query DatasetList($first: Int, $after: String, $orderBy: DatasetOrder, $text: String, $kind: String) {
    page: datasets(first: $first, after: $after, orderBy: $orderBy, text: $text, kind: $kind) {
      nodes { ...DatasetRow }
      pageInfo { endCursor hasNextPage }
      totalCount { count exact }
    }
  }`,
  [DatasetRow],
);

export const DatasetColumn = graphql(`
  fragment DatasetColumn on TableColumn {
    name type missing distinct exact
    numbers { min max mean standardDeviation histogram quantiles { share value } }
    top { value count }
  }
`);

export const DatasetOne = graphql(
  `query DatasetOne($id: ID!) {
    dataset(id: $id) {
      ...DatasetRow
      table { hash encoding delimiter preview columns { ...DatasetColumn } }
    }
  }`,
  [DatasetRow, DatasetColumn],
);

export const DatasetMany = graphql(
  `query DatasetMany($ids: [ID!]!) { nodes(ids: $ids) { ... on Dataset { ...DatasetRow } } }`,
  [DatasetRow],
);

export const RenameDataset = graphql(
  `mutation RenameDataset($id: ID!, $name: String!) {
    result: renameDataset(id: $id, name: $name) {
      __typename
      ... on Dataset { ...DatasetRow }
      ... on DomainError { code message details }
      ... on InvalidInputError { field }
    }
  }`,
  [DatasetRow],
);

export const DeleteDataset = graphql(`
  mutation DeleteDataset($id: ID!, $confirm: String) {
    result: deleteDataset(id: $id, confirm: $confirm) {
      __typename
      ... on DeletedDataset { uuid }
      ... on DomainError { code message details }
    }
  }
`);

export const UploadTable = graphql(
  `mutation UploadTable($file: Upload!, $upload: String) {
    result: uploadTable(file: $file, upload: $upload) {
      __typename
      ... on Dataset { ...DatasetRow }
      ... on DomainError { code message details }
    }
  }`,
  [DatasetRow],
);

export const ReplaceTable = graphql(
  `mutation ReplaceTable($id: ID!, $file: Upload!, $upload: String) {
    result: replaceTable(id: $id, file: $file, upload: $upload) {
      __typename
      ... on Dataset { ...DatasetRow }
      ... on DomainError { code message details }
    }
  }`,
  [DatasetRow],
);

export const TableProgress = graphql(`
  subscription TableProgress($upload: String!) { tableProgress(upload: $upload) { done message } }
`);
