import type { EntityName, FilterQuery } from '@mikro-orm/core';
import type { Core } from '../core.ts';
import { countRows, type RowCount } from '../db/count-rows.ts';
import { type Page, type PageRequest, pageQuery } from '../db/page.ts';
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

/** @param total of the whole list; asked for only where somebody selects it. */
export function toConnection<T extends { id: string | number }>(
  page: Page<T>,
  total: () => RowCount | Promise<RowCount>,
) {
  const edges = page.items.map((node) => ({ cursor: String(node.id), node }));
  return {
    total,
    edges,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/**
 * A page of an entity's rows by the arguments of a connection.
 *
 * @param filter conditions by property; those that are undefined do not count, while null asks for rows without a value.
 * @throws DomainError INVALID_INPUT for a page that cannot be.
 */
export async function connectionOf<T extends { id: string | number }>(
  core: Core,
  entity: EntityName<T>,
  args: ConnectionArgs,
  filter: { readonly [K in keyof T]?: unknown } = {},
  read?: (cursor: string) => string | number,
) {
  const query = pageQuery(pageRequest(args, read));
  const conditions = Object.entries(filter).filter(([, condition]) => condition !== undefined);
  const asked = Object.fromEntries(conditions);
  const where = { ...query.where, ...asked } as FilterQuery<T>;
  const options = { orderBy: query.orderBy, limit: query.limit } as object;
  const found = (await core.database.fork().find(entity, where, options)) as T[];
  return toConnection(query.page(found), () => countRows(core.database.fork(), entity, asked as FilterQuery<T>));
}

/** The condition that a list of values in a filter stands for. */
export function among<T>(values: readonly T[] | null | undefined): { $in: T[] } | undefined {
  return values == null ? undefined : { $in: [...values] };
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
