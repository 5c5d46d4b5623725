import { DomainError } from '../errors.ts';
import { builder } from '../graphql/builder.ts';
import type { GraphqlContext } from '../graphql/context.ts';
import { requiredById } from '../graphql/entities.ts';
import { DomainErrorInterface, InvalidInputError, NotFoundError } from '../graphql/expected-errors.ts';
import type { Caller, CallFacts } from './caller.ts';
import { mutationsOf, QUERIES, refusalOf } from './rules.ts';
import type { Session } from './session.entity.ts';
import { endSession, expiryOf, sessionsOf } from './session.operations.ts';
import { changePassword, signIn } from './sign-in.operations.ts';
import { User } from './user.entity.ts';
import { RoleEnum, UserRef } from './user.graphql.ts';

type Self = Exclude<Caller, { kind: 'stranger' }>;

const MeRef = builder.objectRef<Self>('Me').implement({
  description: 'Who asks.',
  fields: (t) => ({
    name: t.exposeString('name'),
    role: t.field({ type: RoleEnum, resolve: (self) => (self.kind === 'system' ? 'administrator' : self.role) }),
    may: t.stringList({ description: 'Names of mutations that this caller may use.', resolve: mutationsOf }),
    user: t.field({
      type: UserRef,
      nullable: true,
      description: 'Null for an API key.',
      resolve: (self, _args, context) => (self.kind === 'user' ? requiredById(context, User, self.userId) : null),
    }),
    mustChangePassword: t.boolean({
      description: 'If so, nothing else is allowed before.',
      resolve: (self) => self.kind === 'user' && self.mustChangePassword,
    }),
  }),
});

class SignInRefusedError extends DomainError {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof DomainError && ['UNAUTHENTICATED', 'RATE_LIMITED'].includes(value.code);
  }
}

builder.objectType(SignInRefusedError, {
  name: 'SignInRefusedError',
  description: 'The name or the password is wrong, or there were too many attempts.',
  interfaces: [DomainErrorInterface],
  fields: (t) => ({
    retryAfter: t.int({
      nullable: true,
      description: 'Seconds until the next attempt is looked at; null where it may be made now.',
      resolve: ({ details }) => (typeof details?.retryAfter === 'number' ? details.retryAfter : null),
    }),
  }),
});

const SessionRef = builder.objectRef<Session>('Session').implement({
  description: 'A user in a browser.',
  fields: (t) => ({
    id: t.exposeID('id'),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    lastSeenAt: t.field({ type: 'DateTime', resolve: ({ lastSeenAt }) => lastSeenAt }),
    expiresAt: t.field({ type: 'DateTime', description: 'Unless it is used before.', resolve: expiryOf }),
    userAgent: t.exposeString('userAgent', { nullable: true }),
    current: t.boolean({
      description: 'Whether it is the one that asks.',
      resolve: ({ id }, _args, { caller }) => caller.kind === 'user' && caller.sessionId === id,
    }),
  }),
});

builder.queryFields((t) => ({
  me: t.field({
    type: MeRef,
    nullable: true,
    description: 'Null for a stranger.',
    resolve: (_root, _args, { caller }) => (caller.kind === 'stranger' ? null : caller),
  }),
  mySessions: t.field({
    type: [SessionRef],
    description: 'Of the caller, the last used first.',
    resolve: (_root, _args, { core, caller }) => sessionsOf(core, userOf(caller).userId),
  }),
}));

builder.mutationFields((t) => ({
  signIn: t.field({
    type: MeRef,
    description: 'Gives the cookie of a session, which lasts for a week and ends after twelve hours without use.',
    errors: { types: [SignInRefusedError, InvalidInputError] },
    args: { name: t.arg.string({ required: true }), password: t.arg.string({ required: true }) },
    resolve: async (_root, said, context) => asSelf(await signIn(context.core, said, factsOf(context))),
  }),
  signOut: t.boolean({
    description: 'Ends the session of the caller.',
    resolve: async (_root, _args, { core, caller, facts }) => {
      await endSession(core, userOf(caller).sessionId, undefined);
      facts?.setSession?.(undefined);
      return true;
    },
  }),
  changePassword: t.field({
    type: MeRef,
    description: 'Signs the caller out everywhere else.',
    errors: { types: [SignInRefusedError, InvalidInputError] },
    args: {
      current: t.arg.string({ required: true }),
      next: t.arg.string({ required: true, description: '12 characters or more.' }),
    },
    resolve: async (_root, said, context) =>
      asSelf(await changePassword(context.core, userOf(context.caller).userId, said, factsOf(context))),
  }),
  endSession: t.field({
    type: SessionRef,
    description: "One of the caller's own; an administrator may end any.",
    errors: { types: [NotFoundError] },
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, { core, caller }) =>
      endSession(core, id, refusalOf(caller, QUERIES.users) ? userOf(caller).userId : undefined),
  }),
}));

/** @throws DomainError FORBIDDEN for the process itself, which no rule stops before. */
function userOf(caller: Caller): Extract<Caller, { kind: 'user' }> {
  if (caller.kind === 'user') return caller;
  throw new DomainError('FORBIDDEN', 'That is for a user who has signed in');
}

function asSelf(caller: Caller): Self {
  if (caller.kind === 'stranger') throw new Error('Whoever has signed in is known.');
  return caller;
}

const NOWHERE: CallFacts = { door: 'graphql', requestId: '', address: null, userAgent: null };
const factsOf = ({ facts }: GraphqlContext): CallFacts => facts ?? NOWHERE;
