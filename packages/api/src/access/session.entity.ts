import { defineEntity, p } from '@mikro-orm/core';
import { newId } from '../db/ids.ts';
import { User } from './user.entity.ts';

const schema = defineEntity({
  name: 'Session',
  tableName: 'user_session',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    user: () => p.manyToOne(User).ref().index(),
    /** SHA-256 of what the cookie holds, which is kept nowhere. */
    tokenHash: p.text().unique(),
    userAgent: p.text().nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    lastSeenAt: p.datetime(3).onCreate(() => new Date()),
    /** Whatever happens, it ends then. */
    endsAt: p.datetime(3).index(),
  },
});

export class Session extends schema.class {}
schema.setClass(Session);
