import { defineEntity, p } from '@mikro-orm/core';

export const LINEAGE_KINDS = [
  'dataset_version',
  'manifest',
  'artifact',
  'stage_run',
  'model_version',
  'experiment_run',
  'deployment',
] as const;
export type LineageKind = (typeof LINEAGE_KINDS)[number];

/** `from` was needed to make `to`. Artifacts are named by the hash of their bytes, so equal bytes are one node. */
const schema = defineEntity({
  name: 'LineageEdge',
  uniques: [{ properties: ['fromKind', 'fromId', 'toKind', 'toId', 'relation'] }],
  indexes: [{ properties: ['toKind', 'toId'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    fromKind: p.enum(LINEAGE_KINDS),
    fromId: p.text(),
    toKind: p.enum(LINEAGE_KINDS),
    toId: p.text(),
    /** `input`, `output`, `contains`, `published`, `serves`. */
    relation: p.text(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

export class LineageEdge extends schema.class {}
schema.setClass(LineageEdge);
