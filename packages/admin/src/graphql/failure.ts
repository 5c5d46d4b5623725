/** Codes of our own, beside those of the schema's `ErrorCode`. */
export type FailureCode = string | 'OFFLINE' | 'UNREADABLE';

/**
 * Why something could not be done, in one shape whatever it was: the network, the door, an error of the schema or one that a mutation
 * expects. `status` and `body` are where react-admin looks, as in its own `HttpError`, whose constructor would undo a class above it.
 */
export class Failure extends Error {
  readonly status: number;
  readonly body: { readonly errors?: Readonly<Record<string, string>> };
  readonly code: FailureCode;
  readonly field: string | undefined;
  readonly retryable: boolean;
  /** Facts beside the message, such as `retryAfter`. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: FailureCode, message: string, facts: Readonly<Record<string, unknown>> = {}) {
    const field = typeof facts.field === 'string' ? facts.field : undefined;
    super(message);
    this.status = statusOf(code);
    this.body = field === undefined ? {} : { errors: { [field]: message } };
    this.name = 'Failure';
    this.code = code;
    this.field = field;
    this.retryable = facts.retryable === true || code === 'OFFLINE';
    this.facts = facts;
  }
}

function statusOf(code: FailureCode): number {
  if (code === 'UNAUTHENTICATED') return 401;
  if (code === 'FORBIDDEN') return 403;
  return code === 'NOT_FOUND' ? 404 : 400;
}

interface GraphqlError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export function failureOf(errors: readonly GraphqlError[]): Failure {
  const [first] = errors;
  const code = typeof first?.extensions?.code === 'string' ? first.extensions.code : 'INTERNAL';
  return new Failure(code, first?.message ?? code, first?.extensions);
}

export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure('INTERNAL', error instanceof Error ? error.message : String(error));
}

type Expected<T> = T extends { readonly __typename: infer Name } ? (Name extends `${string}Error` ? never : T) : T;

/**
 * The success of a result that may also be an error which the schema expects (`JobResult = Job | NotFoundError`). Documents ask for
 * `__typename` and the fields of `DomainError`.
 *
 * @throws Failure for any of the errors.
 */
export function succeeded<T extends { readonly __typename: string } | null>(result: T): NonNullable<Expected<T>> {
  if (result === null) throw new Failure('NOT_FOUND', 'There is no such thing');
  if (result.__typename.endsWith('Error')) {
    const { code, message, ...facts } = result as unknown as { code: string; message: string };
    throw new Failure(code, message, facts);
  }
  return result as unknown as NonNullable<Expected<T>>;
}
