import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import { DomainError } from '../errors.ts';
import type { GraphqlContext } from '../graphql/context.ts';
import { asOutage } from '../outage.ts';
import { STRANGER } from './caller.ts';
import { MUTATIONS, QUERIES, READING, type Rule, refusalOf } from './rules.ts';
import { untilGone } from './until-gone.ts';

const NAME = 'access';

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      access: Access<Types>;
    }
  }
}

type Resolver<Types extends SchemaTypes> = GraphQLFieldResolver<unknown, Types['Context'], object>;

/**
 * Holds every field of Query, Mutation and Subscription to its rule, and writes mutations down. It stands around the resolvers
 * themselves, so it does not matter which door a document came through, nor what aliases, fragments or operations it has.
 */
class Access<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(resolver: Resolver<Types>, field: PothosOutputFieldConfig<Types>): Resolver<Types> {
    if (field.kind === 'Query') return guarded(resolver, QUERIES[field.name] ?? READING);
    if (field.kind !== 'Mutation') return resolver;
    const rule = Object.hasOwn(MUTATIONS, field.name) ? MUTATIONS[field.name] : undefined;
    if (!rule) throw new Error(`The mutation ${field.name} has no line in access/rules.ts`);
    return recorded(field.name, rule, guarded(resolver, rule));
  }

  override wrapSubscribe(
    subscriber: Resolver<Types> | undefined,
    field: PothosOutputFieldConfig<Types>,
  ): Resolver<Types> | undefined {
    if (!subscriber || field.kind !== 'Subscription') return subscriber;
    const begin = guarded(subscriber, READING);
    return async (parent, args, context, info) =>
      untilGone(await begin(parent, args, context, info), asContext(context).facts?.watch);
  }
}

function guarded<Types extends SchemaTypes>(resolver: Resolver<Types>, rule: Rule): Resolver<Types> {
  return (parent, args, context, info) => {
    const refusal = refusalOf(asContext(context).caller ?? STRANGER, rule);
    if (refusal) throw new DomainError(refusal.code, refusal.message, { details: refusal.details });
    return resolver(parent, args, context, info);
  };
}

function recorded<Types extends SchemaTypes>(
  action: string,
  { often }: Rule,
  resolver: Resolver<Types>,
): Resolver<Types> {
  return async (parent, args, context, info) => {
    const { core, facts, caller = STRANGER } = asContext(context);
    let outcome = 'OK';
    try {
      const result = await resolver(parent, args, context, info);
      outcome = codeOf(result) ?? outcome;
      return result;
    } catch (error) {
      outcome = error instanceof DomainError ? error.code : (asOutage(error)?.code ?? 'INTERNAL');
      throw error;
    } finally {
      const written = core.journal.write({ caller, facts, action, args, outcome });
      if (!often) await written;
    }
  };
}

/** Errors that a caller is meant to handle are answers by now, behind a proxy that is an instance of nothing. */
const codeOf = (result: unknown): string | undefined =>
  isObject(result) && result.name === 'DomainError' && typeof result.code === 'string' ? result.code : undefined;

const isObject = (value: unknown): value is { readonly name?: unknown; readonly code?: unknown } =>
  typeof value === 'object' && value !== null;

/** The builder's own type of context, which a plugin for any builder cannot name. */
const asContext = (context: unknown): GraphqlContext => context as GraphqlContext;

SchemaBuilder.registerPlugin(NAME, Access);

export default NAME;
