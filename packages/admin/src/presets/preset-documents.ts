import { graphql } from '../graphql/graphql.ts';

export const PresetRow = graphql(`fragment PresetRow on Preset { pipeline name description builtIn params }`);

export const PresetList = graphql(`query PresetList { presets(pipeline: "clustering") { ...PresetRow } }`, [PresetRow]);

export const SavePreset = graphql(
  `mutation SavePreset($pipeline: String!, $name: String!, $description: String, $params: Json!) {
    result: savePreset(pipeline: $pipeline, name: $name, description: $description, params: $params) {
      __typename
      ... on Preset { ...PresetRow }
      ... on DomainError { code message details }
    }
  }`,
  [PresetRow],
);

export const DeletePreset = graphql(
  `mutation DeletePreset($pipeline: String!, $name: String!) {
    result: deletePreset(pipeline: $pipeline, name: $name) {
      __typename
      ... on Preset { ...PresetRow }
      ... on DomainError { code message details }
    }
  }`,
  [PresetRow],
);
