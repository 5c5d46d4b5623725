import { isId } from '../db/ids.ts';
import type { Em } from '../db/orm.ts';
import type { LineageNode } from './lineage.operations.ts';
import type { LineageKind } from './lineage-edge.entity.ts';

/** What a node is called, and the entity that it stands for. */
export interface NodeName {
  readonly title: string;
  /** GraphQL's type and the id of the entity; undefined where there is none. */
  readonly entity: { readonly type: string; readonly id: string } | undefined;
}

interface Row {
  readonly key: string;
  readonly title: string;
  readonly id: string | null;
}

interface Named {
  readonly type: string;
  readonly sql: string;
  /** Keys of another form are nobody's, and PostgreSQL must not be asked about them. */
  readonly uuid?: true;
}

/** THE LIST of what names a node, by kind: key, title and the entity's id, of the keys in `?`. */
const NAMES: Readonly<Partial<Record<LineageKind, Named>>> = {
  dataset_version: {
    type: 'DatasetVersion',
    sql: 'select id::text as key, name as title, id::text from dataset_version where id = any(?::uuid[])',
    uuid: true,
  },
  model_version: {
    type: 'ModelVersion',
    sql: `select id::text as key, model_name || ' ' || version as title, id::text from model_version where id = any(?::uuid[])`,
    uuid: true,
  },
  experiment_run: {
    type: 'ExperimentRun',
    sql: 'select id as key, experiment as title, id from experiment_run where id = any(?)',
  },
  stage_run: {
    type: 'StageRun',
    sql: 'select id::text as key, name as title, id::text from stage_run where id = any(?::uuid[])',
    uuid: true,
  },
  artifact: {
    type: 'Artifact',
    sql: 'select distinct on (hash) hash as key, name as title, id::text from artifact where hash = any(?) order by hash, id desc',
  },
};

const FALLBACK: Readonly<Partial<Record<LineageKind, (key: string) => string>>> = {
  manifest: (key) => `manifest ${key.slice(0, 8)}`,
  deployment: (key) => `deployment ${key}`,
};

/** Names of all nodes of a graph, with one query for each kind; by kind and key. */
export async function nameNodes(em: Em, nodes: readonly LineageNode[]): Promise<ReadonlyMap<string, NodeName>> {
  const names = new Map<string, NodeName>();
  for (const kind of new Set(nodes.map((node) => node.kind))) {
    const keys = nodes.filter((node) => node.kind === kind).map((node) => node.id);
    for (const key of keys) {
      names.set(`${kind}:${key}`, { title: FALLBACK[kind]?.(key) ?? key.slice(0, 8), entity: undefined });
    }
    const known = NAMES[kind];
    if (!known) continue;
    for (const { key, title, id } of await em.execute<Row[]>(known.sql, [
      toArray(known.uuid ? keys.filter(isId) : keys),
    ])) {
      names.set(`${kind}:${key}`, { title, entity: id === null ? undefined : { type: known.type, id } });
    }
  }
  return names;
}

/** As PostgreSQL writes an array of texts: a list would be taken apart into as many parameters. */
function toArray(keys: readonly string[]): string {
  return `{${keys.map((key) => JSON.stringify(key)).join(',')}}`;
}
