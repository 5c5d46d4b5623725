import { builder } from '../graphql/builder.ts';
import { lineageAround } from './lineage.operations.ts';
import { LINEAGE_KINDS } from './lineage-edge.entity.ts';

const LineageKind = builder.enumType('LineageKind', { values: LINEAGE_KINDS });
const Direction = builder.enumType('LineageDirection', { values: ['upstream', 'downstream', 'both'] as const });

const Node = builder.simpleObject('LineageNode', {
  fields: (t) => ({ kind: t.field({ type: LineageKind }), key: t.string() }),
});
const Link = builder.simpleObject('LineageLink', {
  description: '`from` was needed to make `to`.',
  fields: (t) => ({ from: t.field({ type: Node }), to: t.field({ type: Node }), relation: t.string() }),
});
const Graph = builder.simpleObject('LineageGraph', {
  fields: (t) => ({
    nodes: t.field({ type: [Node] }),
    links: t.field({ type: [Link] }),
    truncated: t.boolean({ description: 'More nodes lie beyond the limit.' }),
  }),
});

builder.queryField('lineage', (t) =>
  t.field({
    type: Graph,
    description: 'The graph around a node: what it was made from, what was made from it.',
    args: {
      kind: t.arg({ type: LineageKind, required: true }),
      key: t.arg.string({ required: true, description: 'A uuid, a run id or a sha-256, as the kind has it.' }),
      direction: t.arg({ type: Direction, defaultValue: 'both' }),
      depth: t.arg.int({ defaultValue: 12 }),
    },
    resolve: async (_root, { kind, key, direction, depth }, { core }) => {
      const options = { direction: direction ?? 'both', depth: Math.min(Math.max(depth ?? 12, 1), 20) };
      const { nodes, links, truncated } = await lineageAround(core.database.fork(), { kind, id: key }, options);
      const name = (node: { kind: (typeof LINEAGE_KINDS)[number]; id: string }) => ({ kind: node.kind, key: node.id });
      return {
        nodes: nodes.map(name),
        links: links.map((link) => ({ from: name(link.from), to: name(link.to), relation: link.relation })),
        truncated,
      };
    },
  }),
);
