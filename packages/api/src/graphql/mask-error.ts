import { GraphQLError } from 'graphql';
import { DomainError } from '../errors.ts';
import { asOutage } from '../outage.ts';

/**
 * What strangers learn of an error: its stable code, and the message where it is meant for them. Anything unexpected is
 * logged and becomes INTERNAL without a word about the inside.
 */
export function maskError(error: unknown, logUnexpected: (error: unknown) => void): GraphQLError {
  if (error instanceof GraphQLError) {
    const cause = error.originalError;
    if (!cause) return withCode(error);
    if (cause instanceof GraphQLError) return withCode(cause);
    if (cause instanceof DomainError) {
      return new GraphQLError(cause.message, {
        ...(error.nodes ? { nodes: error.nodes } : {}),
        path: error.path,
        extensions: { code: cause.code, retryable: cause.retryable, details: cause.details },
      });
    }
  } else if (error instanceof DomainError) {
    return new GraphQLError(error.message, { extensions: { code: error.code, retryable: error.retryable } });
  }
  if (error instanceof SyntaxError) {
    // A resolver's comes wrapped; a bare one is Yoga's, from reading the request's own address or form.
    return new GraphQLError(`variables or extensions are not valid JSON: ${error.message.slice(0, 120)}`, {
      extensions: { code: 'INVALID_INPUT', http: { status: 400 } },
    });
  }
  const outage = asOutage(error instanceof GraphQLError ? error.originalError : error);
  // That it is away is told once, by the watch: every request would say it again.
  if (outage) {
    return new GraphQLError(outage.message, {
      path: error instanceof GraphQLError ? error.path : undefined,
      extensions: { code: outage.code, retryable: outage.retryable },
    });
  }
  logUnexpected(error instanceof GraphQLError ? (error.originalError ?? error) : error);
  return new GraphQLError('Something went wrong inside the service; its log knows more.', {
    path: error instanceof GraphQLError ? error.path : undefined,
    extensions: { code: 'INTERNAL' },
  });
}

/** Errors of the document itself (syntax, validation, variables) are the caller's, and say what is wrong. */
function withCode(error: GraphQLError): GraphQLError {
  if (typeof error.extensions.code !== 'string') error.extensions.code = 'INVALID_INPUT';
  return error;
}
