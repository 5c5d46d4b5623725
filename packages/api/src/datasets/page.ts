import { DomainError } from '../errors.ts';

/** A part of a list, by place. */
export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** Most of a list of data sets or jobs at once. */
export const MOST_LISTED = 1000;

/** @throws DomainError INVALID_INPUT naming what is out of bounds. */
export function checkPage({ limit, offset }: Page, most = MOST_LISTED): void {
  if (limit >= 1 && limit <= most && offset >= 0) return;
  throw new DomainError('INVALID_INPUT', `limit must be 1 to ${most}, and offset 0 or more`, {
    details: { field: offset < 0 ? 'offset' : 'limit' },
  });
}
