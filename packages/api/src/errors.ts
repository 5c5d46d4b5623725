import type { Json } from './pipelines/stage.ts';

/**
 * THE LIST of error codes. A code is part of the public interface: it never changes its meaning. `retryable` says whether
 * the same call, unchanged, may succeed later; the runner retries a stage on that ground alone.
 */
export const ERROR_CODES = {
  INVALID_INPUT: { retryable: false },
  NOT_FOUND: { retryable: false },
  CONFLICT: { retryable: false },
  VERSION_COMMITTED: { retryable: false },
  NOT_READY: { retryable: true },
  FORBIDDEN: { retryable: false },
  UNAUTHENTICATED: { retryable: false },
  TOO_LARGE: { retryable: false },
  /** An uploaded file that is no usable table; the message says where and what would be right. */
  BAD_TABLE: { retryable: false },
  RATE_LIMITED: { retryable: true },
  /** A job's state does not allow the action (cancelling one that ended, retrying one that runs). */
  INVALID_STATE: { retryable: false },
  CANCELLED: { retryable: false },
  /** A stage that used up its time would use it up again. */
  TIMEOUT: { retryable: false },
  /** The compute process ended without an answer: killed, out of memory, crashed. */
  COMPUTE_DIED: { retryable: true },
  /** Another worker holds the job now; what this one still wants to write is refused. */
  LEASE_LOST: { retryable: false },
  ARTIFACT_MISSING: { retryable: false },
  /** Bytes in the object store do not have the hash that was recorded. */
  ARTIFACT_CORRUPT: { retryable: false },
  STORE_UNAVAILABLE: { retryable: true },
  /** A disk is full: of the service, of the object store or of the database. Whoever runs it must make room. */
  STORAGE_FULL: { retryable: true },
  DATABASE_LOCKED: { retryable: false },
  UNKNOWN_PIPELINE: { retryable: false },
  STAGE_FAILED: { retryable: false },
  INTERNAL: { retryable: false },
} as const satisfies Record<string, { retryable: boolean }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Facts for the caller beside the message; must hold nothing secret. */
export type ErrorDetails = Readonly<Record<string, Json>>;

/** The one error that crosses layers on purpose. Anything else that escapes is a bug and is masked as INTERNAL at the edge. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;
  readonly retryable: boolean;

  /** @param options.retryable overrides the code's own answer, for example for a stage that knows its failure passes. */
  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: ErrorDetails; cause?: unknown; retryable?: boolean } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.retryable = options.retryable ?? ERROR_CODES[code].retryable;
  }
}

/** An error as the database, IPC and GraphQL carry it. */
export type ErrorRecord = {
  code: ErrorCode;
  message: string;
  retryable: boolean;
  details?: { [key: string]: Json };
};

/** An unknown failure keeps its message, because the reader is the operator (job pages, logs), not a stranger. */
export function toErrorRecord(error: unknown, unknownCode: ErrorCode = 'INTERNAL'): ErrorRecord {
  if (error instanceof DomainError) {
    const record: ErrorRecord = { code: error.code, message: error.message, retryable: error.retryable };
    if (error.details) record.details = { ...error.details };
    return record;
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: unknownCode, message, retryable: ERROR_CODES[unknownCode].retryable };
}

export function fromErrorRecord(record: ErrorRecord): DomainError {
  const options = record.details
    ? { details: record.details, retryable: record.retryable }
    : { retryable: record.retryable };
  return new DomainError(record.code, record.message, options);
}
