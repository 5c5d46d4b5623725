import { defineEntity, p } from '@mikro-orm/core';
import { newId } from '../db/ids.ts';
import { ROLES } from './role.ts';
import type { Scope } from './rules.ts';

const schema = defineEntity({
  name: 'ApiKey',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    name: p.text().unique(),
    role: p.enum(ROLES),
    scopes: p.json<Scope[]>(),
    /** The part of the token that may be shown. */
    prefix: p.text().unique(),
    /** SHA-256 of the token, which is kept nowhere. */
    tokenHash: p.text(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    /** Name of who made it. */
    createdBy: p.text(),
    expiresAt: p.datetime(3).nullable(),
    revokedAt: p.datetime(3).nullable(),
    lastUsedAt: p.datetime(3).nullable(),
  },
});

export class ApiKey extends schema.class {}
schema.setClass(ApiKey);
