import { defineEntity, p } from '@mikro-orm/core';
import { Dataset } from '../datasets/dataset.entity.ts';
import { newId } from '../db/ids.ts';
import type { ColumnGroups } from './feature-groups.ts';

/** What somebody has said of a data set's columns. Of what is not said here, the names of the columns tell. */
const schema = defineEntity({
  name: 'ColumnRoles',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    dataset: () => p.oneToOne(Dataset).ref().owner(),
    groups: p.json<ColumnGroups>(),
    /** Columns that every report tells; null for those that are suggested. */
    defaults: p.json<readonly string[]>().nullable(),
    updatedAt: p
      .datetime(3)
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

export class ColumnRoles extends schema.class {}
schema.setClass(ColumnRoles);
