import { DomainError } from './errors.ts';

/**
 * What a server that restarts, is gone, lets nobody in or waits too long comes to: Node's codes, and PostgreSQL's outside its
 * class 08; the last three are its bounds on a lock, on a statement, and on a transaction that does nothing.
 */
const AWAY = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['57P01', '57P02', '57P03', '53300', '25006', '55P03', '57014', '25P03'],
]);
/** pg has no code for a connection that ended under a query. */
const AWAY_TEXT =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;
const FULL = new Set(['ENOSPC', 'EDQUOT', '53100']);
/** DuckDB has no codes at all. */
const FULL_TEXT = /no space left on device|disk quota exceeded/i;

/**
 * The error as an outage, where it is one: something that the service stands on is away or full. It says nothing about what was
 * asked for, which may be tried again unchanged.
 */
export function asOutage(error: unknown): DomainError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof DomainError) {
      if (cause.code === 'STORE_UNAVAILABLE' || cause.code === 'STORAGE_FULL') return cause;
      if (cause.code !== 'STAGE_FAILED') return undefined;
    }
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    if (FULL.has(code) || FULL_TEXT.test(cause.message)) {
      return new DomainError('STORAGE_FULL', 'There is no space left to write to', { cause: error });
    }
    if (AWAY.has(code) || /^08\w{3}$/.test(code) || brokeOff(cause, code) || AWAY_TEXT.test(cause.message)) {
      return new DomainError('STORE_UNAVAILABLE', 'Something that the service stands on does not answer', {
        cause: error,
      });
    }
  }
  return undefined;
}

/** PostgreSQL ended the session over a trouble of its own: it could not write a file that every new session needs, say. */
const brokeOff = (error: Error, code: string): boolean =>
  'severity' in error && (error.severity === 'FATAL' || error.severity === 'PANIC') && /^(?:XX|53|58)/.test(code);
