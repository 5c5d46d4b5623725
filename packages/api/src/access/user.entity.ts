import { defineEntity, p } from '@mikro-orm/core';
import { newId } from '../db/ids.ts';
import { ROLES } from './role.ts';

const schema = defineEntity({
  name: 'User',
  tableName: 'user_account',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    /** In small letters, so that nobody can be taken for another. */
    name: p.text().unique(),
    role: p.enum(ROLES),
    active: p.boolean().default(true),
    /** As password.ts writes it. */
    passwordHash: p.text(),
    mustChangePassword: p.boolean().default(false),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    lastSeenAt: p.datetime(3).nullable(),
  },
});

export class User extends schema.class {}
schema.setClass(User);
