import type { DoorContext } from '@kindred/api/graphql/context.ts';
import { schema } from '@kindred/api/graphql/schema.ts';
import type { GraphqlServer } from '@kindred/api/graphql/server.ts';
import { type DocumentNode, type ExecutionResult, parse, validate } from 'graphql';
import { isErrorCode, RestError, UNEXPECTED } from './error-map.ts';

/** Runs one prepared document in the name of a caller. @throws RestError */
export type RunDocument = (variables?: Readonly<Record<string, unknown>>) => Promise<unknown>;

/**
 * Prepares a GraphQL document for being run in this process: parsed and validated once, at start, where a mistake stops
 * the service instead of a request. Each run goes through the server's own plugins, context and resolvers.
 *
 * @returns the value of the document's one field. An error that is a member of its union is thrown.
 */
export function prepareDocument(server: GraphqlServer, text: string): (caller: DoorContext) => RunDocument {
  const document: DocumentNode = parse(text, { noLocation: true });
  const mistakes = validate(schema, document);
  if (mistakes.length > 0)
    throw new Error(`A document of a route does not fit the schema: ${mistakes[0].message}\n${text}`);
  return (caller) =>
    async (variableValues = {}) => {
      const { execute, contextFactory } = server.getEnveloped(caller);
      const contextValue = await contextFactory();
      const result = (await execute({ schema, document, contextValue, variableValues })) as ExecutionResult;
      const [error] = result.errors ?? [];
      if (error) throw restError(error.extensions.code, error.message, error.extensions.details);
      const [value] = Object.values(result.data ?? {});
      if (isUnionError(value)) throw asThrown(value);
      return value;
    };
}

/** Fields that every document asks of the errors in a union. */
export const ERROR_FIELDS = `
  ... on DomainError { __typename code message details }
`;

export interface UnionError {
  readonly __typename: string;
  readonly code: string;
  readonly message: string;
  readonly details?: unknown;
}

export function isUnionError(value: unknown): value is UnionError {
  return (
    typeof value === 'object' &&
    value !== null &&
    '__typename' in value &&
    typeof value.__typename === 'string' &&
    value.__typename.endsWith('Error')
  );
}

export function asThrown(error: Pick<UnionError, 'code' | 'message' | 'details'>): RestError {
  return restError(error.code, error.message, error.details ?? undefined);
}

function restError(code: unknown, message: string, details: unknown): RestError {
  if (!isErrorCode(code) || code === 'INTERNAL') return UNEXPECTED;
  return new RestError(code, message, details === undefined ? undefined : (details as Record<string, string>));
}
