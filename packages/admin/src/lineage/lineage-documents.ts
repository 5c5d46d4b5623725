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
