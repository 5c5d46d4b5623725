import { builder } from '../graphql/builder.ts';
import { connectionOf, PageOrder } from '../graphql/connection.ts';
import { entityById, uuidOf } from '../graphql/entities.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../graphql/expected-errors.ts';
import type { Caller } from './caller.ts';
import { ROLES } from './role.ts';
import { QUERIES, refusalOf } from './rules.ts';
import { User } from './user.entity.ts';
import { changeUser, createUser, type OneTimePassword, resetPassword } from './user.operations.ts';

export const RoleEnum = builder.enumType('Role', {
  description: 'Each may what those before it may.',
  values: ROLES,
});

export const UserRef = builder.objectRef<User>('User');

builder.node(UserRef, {
  description: 'Somebody who may sign in.',
  id: { resolve: (user) => user.id },
  isTypeOf: (value) => value instanceof User,
  loadOne: (id, context) => (seesUsers(context.caller) ? entityById(context, User, id) : null),
  fields: (t) => ({
    name: t.exposeString('name'),
    role: t.field({ type: RoleEnum, resolve: ({ role }) => role }),
    active: t.exposeBoolean('active', { description: 'Whether they may sign in.' }),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    lastSeenAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ lastSeenAt }) => lastSeenAt ?? null }),
  }),
});

/** Whoever may list users may have one by its id; for others it is not there. */
export const seesUsers = (caller: Caller): boolean => refusalOf(caller, QUERIES.users) === undefined;

const OneTimePasswordRef = builder.objectRef<OneTimePassword>('OneTimePassword').implement({
  description: 'Told once; whoever signs in with it must choose another.',
  fields: (t) => ({
    user: t.field({ type: UserRef, resolve: ({ user }) => user }),
    password: t.exposeString('password'),
  }),
});

builder.queryField('users', (t) =>
  t.connection({
    type: UserRef,
    args: { order: t.arg({ type: PageOrder, defaultValue: 'asc' }) },
    resolve: (_root, args, { core }) => connectionOf(core, User, args),
  }),
);

const id = { required: true, for: UserRef } as const;

builder.mutationFields((t) => ({
  createUser: t.field({
    type: UserRef,
    errors: { types: [InvalidInputError, ConflictError] },
    args: {
      name: t.arg.string({ required: true, description: 'Kept in small letters.' }),
      role: t.arg({ type: RoleEnum, required: true }),
      password: t.arg.string({ required: true, description: '12 characters or more.' }),
      mustChangePassword: t.arg.boolean({ required: true, defaultValue: false, description: 'At the first sign-in.' }),
    },
    resolve: (_root, args, { core }) => createUser(core, args),
  }),
  changeUser: t.field({
    type: UserRef,
    description: 'What is not named stays. Who is not active any more is signed out. One administrator always stays.',
    errors: { types: [NotFoundError, ConflictError] },
    args: { id: t.arg.globalID(id), role: t.arg({ type: RoleEnum }), active: t.arg.boolean() },
    resolve: (_root, { id, role, active }, { core }) =>
      changeUser(core, uuidOf(id), { role: role ?? undefined, active: active ?? undefined }),
  }),
  resetPassword: t.field({
    type: OneTimePasswordRef,
    description: 'A new password, told here and never again; the user is signed out everywhere.',
    errors: { types: [NotFoundError] },
    args: { id: t.arg.globalID(id) },
    resolve: (_root, { id }, { core }) => resetPassword(core, uuidOf(id)),
  }),
}));
