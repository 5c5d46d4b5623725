import SchemaBuilder, {
  BasePlugin,
  type PothosInputFieldType,
  type PothosOutputFieldConfig,
  type SchemaTypes,
} from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import { DomainError } from '../errors.ts';

const NAME = 'textArguments';

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      textArguments: TextArguments<Types>;
    }
  }
}

type Resolver<Types extends SchemaTypes> = GraphQLFieldResolver<unknown, Types['Context'], object>;

/**
 * Refuses a text argument that no database keeps, before anybody uses it: PostgreSQL's protocol ends a text at its first
 * NUL and takes the rest for something else. Arguments of type Json and Bytes are checked by those who read them.
 */
class TextArguments<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(resolver: Resolver<Types>, field: PothosOutputFieldConfig<Types>): Resolver<Types> {
    return this.#guarded(resolver, field);
  }

  override wrapSubscribe(
    subscriber: Resolver<Types> | undefined,
    field: PothosOutputFieldConfig<Types>,
  ): Resolver<Types> | undefined {
    return subscriber && this.#guarded(subscriber, field);
  }

  #guarded(resolver: Resolver<Types>, field: PothosOutputFieldConfig<Types>): Resolver<Types> {
    const names = Object.entries(field.args)
      .filter(([, argument]) => this.#holdsText(argument.type))
      .map(([name]) => name);
    if (names.length === 0) return resolver;
    return (parent, args, context, info) => {
      const values = new Map<string, unknown>(Object.entries(args));
      for (const name of names) requireKeepable(name, values.get(name));
      return resolver(parent, args, context, info);
    };
  }

  #holdsText(type: PothosInputFieldType<Types>): boolean {
    if (type.kind === 'List') return this.#holdsText(type.type);
    if (type.kind === 'InputObject') return true;
    return type.kind === 'Scalar' && this.builder.configStore.getTypeConfig(type.ref, 'Scalar').name === 'String';
  }
}

/** @throws DomainError INVALID_INPUT naming the argument. */
function requireKeepable(name: string, value: unknown): void {
  if (typeof value === 'string') {
    if (!value.includes('\0') && value.isWellFormed()) return;
    throw new DomainError('INVALID_INPUT', `${name} must not hold a NUL character or half of a surrogate pair`, {
      details: { field: name },
    });
  }
  if (value === null || typeof value !== 'object') return;
  for (const part of Object.values(value)) requireKeepable(name, part);
}

SchemaBuilder.registerPlugin(NAME, TextArguments);

export default NAME;
