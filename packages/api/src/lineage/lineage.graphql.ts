import { encodeGlobalID } from '@pothos/plugin-relay';
import { builder } from '../graphql/builder.ts';
import { batchNodes } from './batch-nodes.ts';
import { type LineageNode, lineageAround, MOST_NODES } from './lineage.operations.ts';
import { LINEAGE_KINDS } from './lineage-edge.entity.ts';
import { nameNodes } from './name-nodes.ts';

/** A batch is of no edge of its own: its manifest tells of it. */
const KINDS = [...LINEAGE_KINDS, 'batch'] as const;

interface Shown {
  readonly kind: (typeof KINDS)[number];
  readonly key: string;
  readonly title: string;
  readonly id: string | null;
}

const LineageKind = builder.enumType('LineageKind', { values: LINEAGE_KINDS });
const NodeKind = builder.enumType('LineageNodeKind', { values: KINDS });
const Direction = builder.enumType('LineageDirection', { values: ['upstream', 'downstream', 'both'] as const });

const Node = builder.objectRef<Shown>('LineageNode').implement({
  fields: (t) => ({
    kind: t.field({ type: NodeKind, resolve: ({ kind }) => kind }),
    key: t.exposeString('key'),
    title: t.exposeString('title', { description: 'What people call it.' }),
    id: t.id({
      nullable: true,
      description: 'To ask `node` for it; null of what is no node.',
      resolve: ({ id }) => id,
    }),
  }),
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
      batches: t.arg.boolean({ required: true, defaultValue: false, description: 'The batches of manifests, too.' }),
    },
    resolve: async (_root, { kind, key, direction, depth, batches }, { core }) => {
      const em = core.database.fork();
      const options = { direction: direction ?? 'both', depth: Math.min(Math.max(depth ?? 12, 1), 20) };
      const graph = await lineageAround(em, { kind, id: key }, options);
      const names = await nameNodes(em, graph.nodes);
      const show = ({ kind: of, id }: LineageNode): Shown => {
        const name = names.get(`${of}:${id}`);
        const entity = name?.entity;
        return {
          kind: of,
          key: id,
          title: name?.title ?? id,
          id: entity ? encodeGlobalID(entity.type, entity.id) : null,
        };
      };
      const nodes = graph.nodes.map(show);
      const links = graph.links.map((link) => ({ ...link, from: show(link.from), to: show(link.to) }));
      if (!batches) return { nodes, links, truncated: graph.truncated };
      const manifests = nodes.filter((node) => node.kind === 'manifest');
      const most = MOST_NODES - nodes.length;
      const found = await batchNodes(
        core,
        manifests.map((manifest) => manifest.key),
        most,
      );
      for (const { key: hash, title, manifest } of found) {
        const from: Shown = { kind: 'batch', key: hash, title, id: null };
        const to = manifests.find((one) => one.key === manifest);
        nodes.push(from);
        if (to) links.push({ from, to, relation: 'contains' });
      }
      return { nodes, links, truncated: graph.truncated || found.length >= most };
    },
  }),
);
