import { graphql } from '../graphql/graphql.ts';

export const SavePreset = graphql(`
  mutation SavePreset($pipeline: String!, $name: String!, $description: String, $params: Json!) {
    result: savePreset(pipeline: $pipeline, name: $name, description: $description, params: $params) {
      __typename
      ... on Preset { name }
      ... on DomainError { code message details }
    }
  }
`);
