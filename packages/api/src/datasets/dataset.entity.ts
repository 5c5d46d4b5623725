import { defineEntity, p } from '@mikro-orm/core';
import { newId } from '../db/ids.ts';

/** What a system is fed with; its `kind` names the system (`lookalike`). */
const schema = defineEntity({
  name: 'Dataset',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    name: p.text().unique(),
    kind: p.text(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

export class Dataset extends schema.class {}
schema.setClass(Dataset);
