import { builder } from '../graphql/builder.ts';
import { connectionOf, PageOrder } from '../graphql/connection.ts';
import { entityById, uuidOf } from '../graphql/entities.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../graphql/expected-errors.ts';
import { ApiKey } from './api-key.entity.ts';
import { createApiKey, revokeApiKey } from './api-key.operations.ts';
import { MUTATIONS, type Rule, SCOPES } from './rules.ts';
import { RoleEnum, seesUsers } from './user.graphql.ts';

const ApiKeyRef = builder.objectRef<ApiKey>('ApiKey');

builder.node(ApiKeyRef, {
  description: 'What a program shows in place of a password.',
  id: { resolve: (key) => key.id },
  isTypeOf: (value) => value instanceof ApiKey,
  loadOne: (id, context) => (seesUsers(context.caller) ? entityById(context, ApiKey, id) : null),
  fields: (t) => ({
    name: t.exposeString('name'),
    role: t.field({ type: RoleEnum, resolve: ({ role }) => role }),
    scopes: t.stringList({ resolve: ({ scopes }) => scopes }),
    prefix: t.exposeString('prefix', { description: 'How its token begins, after kdr_.' }),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    createdBy: t.exposeString('createdBy'),
    expiresAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ expiresAt }) => expiresAt ?? null }),
    revokedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ revokedAt }) => revokedAt ?? null }),
    lastUsedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'To the minute.',
      resolve: ({ lastUsedAt }) => lastUsedAt ?? null,
    }),
  }),
});

const CreatedApiKey = builder.objectRef<{ apiKey: ApiKey; token: string }>('CreatedApiKey').implement({
  fields: (t) => ({
    apiKey: t.field({ type: ApiKeyRef, resolve: ({ apiKey }) => apiKey }),
    token: t.exposeString('token', { description: 'Told here and never again.' }),
  }),
});

const AccessRule = builder.objectRef<readonly [string, Rule]>('AccessRule').implement({
  description: 'What a mutation needs.',
  fields: (t) => ({
    mutation: t.string({ resolve: ([name]) => name }),
    needs: t.string({ description: 'A role, or session, or stranger.', resolve: ([, { needs }]) => needs }),
    scope: t.string({ nullable: true, description: 'Of a key.', resolve: ([, { scope }]) => scope ?? null }),
  }),
});

builder.queryFields((t) => ({
  apiKeys: t.connection({
    type: ApiKeyRef,
    args: { order: t.arg({ type: PageOrder, defaultValue: 'desc' }) },
    resolve: (_root, args, { core }) => connectionOf(core, ApiKey, args),
  }),
  accessRules: t.field({ type: [AccessRule], resolve: () => Object.entries(MUTATIONS) }),
  keyScopes: t.stringList({ description: 'What a key may be narrowed to.', resolve: () => [...SCOPES] }),
}));

builder.mutationFields((t) => ({
  createApiKey: t.field({
    type: CreatedApiKey,
    errors: { types: [InvalidInputError, ConflictError] },
    args: {
      name: t.arg.string({ required: true }),
      role: t.arg({ type: RoleEnum, required: true }),
      scopes: t.arg.stringList({ description: 'Of keyScopes; none for all that there are now.' }),
      expiresAt: t.arg({ type: 'DateTime', description: 'Never unless given.' }),
    },
    resolve: (_root, { name, role, scopes, expiresAt }, { core, caller }) => {
      const by = caller.kind === 'stranger' ? caller.kind : caller.name;
      return createApiKey(core, { name, role, scopes: scopes ?? [], expiresAt: expiresAt ?? null }, by);
    },
  }),
  revokeApiKey: t.field({
    type: ApiKeyRef,
    description: 'For good.',
    errors: { types: [NotFoundError] },
    args: { id: t.arg.globalID({ required: true, for: ApiKeyRef }) },
    resolve: (_root, { id }, { core }) => revokeApiKey(core, uuidOf(id)),
  }),
}));
