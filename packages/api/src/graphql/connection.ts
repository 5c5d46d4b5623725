import type { Page, PageRequest } from '../db/page.ts';
import { DomainError } from '../errors.ts';
import { builder } from './builder.ts';

export const PageOrder = builder.enumType('PageOrder', {
  values: { NEWEST_FIRST: { value: 'desc' }, OLDEST_FIRST: { value: 'asc' } } as const,
});

export interface ConnectionArgs {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
  readonly order?: 'asc' | 'desc' | null | undefined;
}

/** Cursors are the entity's own id, which grows with creation; `read` tells whether a text can be one. */
export function pageRequest(args: ConnectionArgs, read: (cursor: string) => string | number = uuidCursor): PageRequest {
  const cursor = (value: string | null | undefined) => (value == null ? undefined : read(value));
  return {
    first: args.first ?? undefined,
    last: args.last ?? undefined,
    after: cursor(args.after),
    before: cursor(args.before),
    order: args.order ?? 'desc',
  };
}

export function toConnection<T extends { id: string | number }>(page: Page<T>) {
  const edges = page.items.map((node) => ({ cursor: String(node.id), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

export function uuidCursor(cursor: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) throw notACursor();
  return cursor;
}

export function runIdCursor(cursor: string): string {
  if (!/^[0-9a-f]{32}$/.test(cursor)) throw notACursor();
  return cursor;
}

export function serialCursor(cursor: string): number {
  if (!/^\d{1,9}$/.test(cursor)) throw notACursor();
  return Number(cursor);
}

function notACursor(): DomainError {
  return new DomainError('INVALID_INPUT', 'That is no cursor of this connection', { details: { field: 'after' } });
}
