import { DomainError, type ErrorCode, type ErrorDetails } from '@kindred/api/errors.ts';
import { asOutage } from '@kindred/api/outage.ts';
import type { Json } from '@kindred/api/pipelines/stage.ts';

/** Exhaustive: a new code does not compile until somebody has decided what a REST client sees. */
const STATUS = {
  INVALID_INPUT: 400,
  UNKNOWN_PIPELINE: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  ARTIFACT_MISSING: 404,
  CONFLICT: 409,
  VERSION_COMMITTED: 409,
  INVALID_STATE: 409,
  CANCELLED: 409,
  LEASE_LOST: 409,
  TOO_LARGE: 413,
  BAD_TABLE: 422,
  RATE_LIMITED: 429,
  NOT_READY: 503,
  TIMEOUT: 503,
  COMPUTE_DIED: 503,
  ARTIFACT_CORRUPT: 503,
  STORE_UNAVAILABLE: 503,
  STORAGE_FULL: 507,
  DATABASE_LOCKED: 503,
  STAGE_FAILED: 503,
  // The contract knows no 500: to a client, what we failed at is something to try again later.
  INTERNAL: 503,
} as const satisfies Record<ErrorCode, number>;

/** Codes that only HTTP has. */
const TRANSPORT = { METHOD_NOT_ALLOWED: 405, UNSUPPORTED_MEDIA_TYPE: 415 } as const;

export type RestErrorCode = ErrorCode | keyof typeof TRANSPORT;

/** What a REST client gets: `{"error": {code, message, details?}}` with the status of the code. */
export class RestError extends Error {
  override readonly name = 'RestError';
  readonly code: RestErrorCode;
  readonly status: number;
  readonly details: ErrorDetails | undefined;

  constructor(code: RestErrorCode, message: string, details?: ErrorDetails) {
    super(message);
    this.code = code;
    this.details = details;
    this.status = code in TRANSPORT ? TRANSPORT[code as keyof typeof TRANSPORT] : STATUS[code as ErrorCode];
  }

  body(): { error: { code: RestErrorCode; message: string; details?: { [key: string]: Json } } } {
    const error = { code: this.code, message: this.message };
    return { error: this.details ? { ...error, details: { ...this.details } } : error };
  }
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(STATUS, code);
}

/** An error of any origin as a REST client may see it; undefined where it says nothing to strangers. */
export function asRestError(error: unknown): RestError | undefined {
  if (error instanceof RestError) return error;
  if (error instanceof DomainError) return new RestError(error.code, error.message, error.details);
  const outage = asOutage(error);
  return outage && new RestError(outage.code, outage.message);
}

export const UNEXPECTED = new RestError('INTERNAL', 'Something went wrong inside the service; its log knows more.');
