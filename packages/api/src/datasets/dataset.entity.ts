import { defineEntity, p, quote } from '@mikro-orm/core';
import { newId } from '../db/ids.ts';

/** The kind of uploaded tables. People name those, and two may have the same name; the others are addressed by theirs. */
export const CLUSTERING = 'clustering';

/** What a system is fed with; its `kind` names the system (`lookalike`). */
const schema = defineEntity({
  name: 'Dataset',
  uniques: [{ name: 'dataset_name_unique', properties: ['name'], where: "kind <> 'clustering'" }],
  indexes: [
    {
      name: 'dataset_lower_name_index',
      expression: (columns, table, name) =>
        quote`create index ${name} on ${table} ((lower(${columns.name})), ${columns.id})`,
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    name: p.text(),
    kind: p.text(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    /** When somebody deleted it; the row stays, because jobs and lineage point to it. */
    deletedAt: p.datetime(3).nullable(),
  },
});

export class Dataset extends schema.class {}
schema.setClass(Dataset);
