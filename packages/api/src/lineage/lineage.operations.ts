import type { Em } from '../db/orm.ts';
import type { LineageKind } from './lineage-edge.entity.ts';

export interface LineageNode {
  readonly kind: LineageKind;
  readonly id: string;
}

export interface LineageLink {
  readonly from: LineageNode;
  readonly to: LineageNode;
  readonly relation: 'contains' | 'input' | 'output' | 'produced' | 'serves';
}

export interface LineageGraph {
  readonly nodes: readonly LineageNode[];
  readonly links: readonly LineageLink[];
  /** More nodes lie beyond the limit. */
  readonly truncated: boolean;
}

/** Nodes of a graph that is drawn, unless somebody asks for more. */
export const MOST_NODES = 500;

/** Adds edges to the graph; those that are there already stay as they are. Part of the caller's transaction. */
export async function recordLineage(tx: Em, links: readonly LineageLink[]): Promise<void> {
  if (links.length === 0) return;
  const rows = links.map(({ from, to, relation }) => ({
    from_kind: from.kind,
    from_id: from.id,
    to_kind: to.kind,
    to_id: to.id,
    relation,
  }));
  await tx.execute(
    `insert into lineage_edge (from_kind, from_id, to_kind, to_id, relation, created_at)
     select distinct e.from_kind, e.from_id, e.to_kind, e.to_id, e.relation, now()
     from jsonb_to_recordset(?::jsonb) as e(from_kind text, from_id text, to_kind text, to_id text, relation text)
     on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}

/**
 * The graph around a node.
 *
 * @param options.direction `upstream`: what it was made from; `downstream`: what was made from it.
 * @param options.depth edges from the node at most; 12 spans raw batches to a deployment.
 * @param options.limit nodes at most.
 */
export async function lineageAround(
  em: Em,
  node: LineageNode,
  options: { direction?: 'upstream' | 'downstream' | 'both'; depth?: number; limit?: number } = {},
): Promise<LineageGraph> {
  const { direction = 'both', depth = 12, limit = MOST_NODES } = options;
  const nodes = new Map<string, LineageNode>([[nodeKey(node), node]]);
  const links = new Map<string, LineageLink>();
  let truncated = false;
  for (const way of direction === 'both' ? (['upstream', 'downstream'] as const) : [direction]) {
    let frontier: LineageNode[] = [node];
    for (let step = 0; step < depth && frontier.length > 0; step++) {
      const found = await neighbours(em, frontier, way, limit);
      frontier = [];
      for (const link of found) {
        const far = way === 'upstream' ? link.from : link.to;
        if (!nodes.has(nodeKey(far))) {
          if (nodes.size >= limit) {
            truncated = true;
            continue;
          }
          nodes.set(nodeKey(far), far);
          frontier.push(far);
        }
        links.set(`${nodeKey(link.from)}>${nodeKey(link.to)}>${link.relation}`, link);
      }
    }
  }
  return { nodes: [...nodes.values()], links: [...links.values()], truncated };
}

async function neighbours(
  em: Em,
  frontier: readonly LineageNode[],
  direction: 'upstream' | 'downstream',
  limit: number,
): Promise<LineageLink[]> {
  const near = direction === 'upstream' ? 'to' : 'from';
  const rows = await em.execute<
    {
      from_kind: LineageKind;
      from_id: string;
      to_kind: LineageKind;
      to_id: string;
      relation: LineageLink['relation'];
    }[]
  >(
    `select e.from_kind, e.from_id, e.to_kind, e.to_id, e.relation
     from jsonb_to_recordset(?::jsonb) as f(kind text, id text)
     join lineage_edge e on e.${near}_kind = f.kind and e.${near}_id = f.id
     order by e.id limit ?`,
    [JSON.stringify(frontier), limit * 4],
  );
  return rows.map((row) => ({
    from: { kind: row.from_kind, id: row.from_id },
    to: { kind: row.to_kind, id: row.to_id },
    relation: row.relation,
  }));
}

function nodeKey(node: LineageNode): string {
  return `${node.kind}:${node.id}`;
}
