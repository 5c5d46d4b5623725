import { graphql, type Result, type Variables } from '../graphql/graphql.ts';

export const LineageAround = graphql(`
  query LineageAround($kind: LineageKind!, $key: String!, $batches: Boolean!) {
    lineage(kind: $kind, key: $key, batches: $batches) {
      truncated
      nodes { id kind key title }
      links { relation from { kind key } to { kind key } }
    }
  }
`);

export type LineageGraph = Result<typeof LineageAround>['lineage'];
export type LineageNode = LineageGraph['nodes'][number];
export type LineageKind = Variables<typeof LineageAround>['kind'];

/** Kinds that one can ask from. */
export const LINEAGE_KINDS = [
  'dataset_version',
  'manifest',
  'artifact',
  'stage_run',
  'model_version',
  'experiment_run',
  'deployment',
] as const satisfies readonly LineageKind[];

export function isLineageKind(text: string | undefined): text is LineageKind {
  return LINEAGE_KINDS.includes(text as LineageKind);
}
