import { DomainError, ERROR_CODES, type ErrorCode } from '../errors.ts';
import { builder } from './builder.ts';

/**
 * Errors that a caller is meant to handle are members of a field's union. They are DomainErrors told apart by code, so
 * operations throw what they always throw; these classes exist for the schema alone.
 */
export const ErrorCodeEnum = builder.enumType('ErrorCode', {
  description: 'Stable: a code never changes its meaning.',
  values: Object.keys(ERROR_CODES) as ErrorCode[],
});

export const DomainErrorInterface = builder.interfaceRef<DomainError>('DomainError').implement({
  description: 'An error that a caller is meant to handle.',
  fields: (t) => ({
    code: t.field({ type: ErrorCodeEnum, resolve: (error) => error.code }),
    message: t.exposeString('message'),
    details: t.field({
      type: 'Json',
      nullable: true,
      description: 'Facts beside the message: what it is about, by name.',
      resolve: (error) => error.details ?? null,
    }),
    retryable: t.exposeBoolean('retryable', { description: 'Whether the same call may succeed later.' }),
  }),
});

export class InvalidInputError extends DomainError {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasCode(value, ['INVALID_INPUT', 'TOO_LARGE', 'BAD_TABLE']);
  }
}

export class NotFoundError extends DomainError {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasCode(value, ['NOT_FOUND', 'ARTIFACT_MISSING']);
  }
}

export class NotReadyError extends DomainError {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasCode(value, ['NOT_READY']);
  }
}

export class ConflictError extends DomainError {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasCode(value, ['CONFLICT', 'VERSION_COMMITTED', 'INVALID_STATE']);
  }
}

builder.objectType(InvalidInputError, {
  name: 'InvalidInputError',
  interfaces: [DomainErrorInterface],
  fields: (t) => ({
    field: t.string({
      nullable: true,
      description: 'The part of the input that is wrong.',
      resolve: ({ details }) => (typeof details?.field === 'string' ? details.field : null),
    }),
  }),
});
builder.objectType(NotFoundError, { name: 'NotFoundError', interfaces: [DomainErrorInterface] });
builder.objectType(NotReadyError, { name: 'NotReadyError', interfaces: [DomainErrorInterface] });
builder.objectType(ConflictError, {
  name: 'ConflictError',
  description: 'What is there already forbids it.',
  interfaces: [DomainErrorInterface],
});

function hasCode(value: unknown, codes: readonly ErrorCode[]): boolean {
  return typeof value === 'object' && value !== null && 'code' in value && codes.some((code) => code === value.code);
}
