import type { EntityName, FilterQuery } from '@mikro-orm/core';
import type { Core } from '../core.ts';
import { countRows, type RowCount } from '../db/count-rows.ts';
import { type Page, type PageRequest, pageQuery } from '../db/page.ts';
import type { SortKey } from '../db/sort-key.ts';
import { builder } from './builder.ts';
import { type ReadId, readCursor, uuidCursor, writeCursor } from './cursor.ts';

export const PageOrder = builder.enumType('PageOrder', {
  description: 'By creation.',
  values: { NEWEST_FIRST: { value: 'desc' }, OLDEST_FIRST: { value: 'asc' } } as const,
});

export interface ConnectionArgs {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
  readonly order?: 'asc' | 'desc' | null | undefined;
}

export interface ConnectionOptions<T> {
  /** What cursors hold, where ids are no uuids. */
  readonly readId?: ReadId;
  /** The value that sorts the list; its ids do unless given. */
  readonly sort?: SortKey<T> | undefined;
}

/** Conditions by property, and any of the ORM's own; those that are undefined do not count, null asks for rows without a value. */
export type ConnectionFilter<T> = { readonly [K in keyof T]?: unknown } & {
  readonly $and?: readonly unknown[] | undefined;
  readonly $or?: readonly unknown[] | undefined;
};

/** @param total of the whole list; asked for only where somebody selects it. */
export function toConnection<T extends { id: string | number }>(
  page: Page<T>,
  total: () => RowCount | Promise<RowCount>,
  sort?: SortKey<T>,
) {
  const edges = page.items.map((node) => ({ cursor: writeCursor(node, sort), node }));
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
 * @throws DomainError INVALID_INPUT for a page that cannot be.
 */
export async function connectionOf<T extends { id: string | number }>(
  core: Core,
  entity: EntityName<T>,
  args: ConnectionArgs,
  filter: ConnectionFilter<T> = {},
  { readId = uuidCursor, sort }: ConnectionOptions<T> = {},
) {
  const place = (cursor: string | null | undefined) => (cursor == null ? undefined : readCursor(cursor, readId, sort));
  const request: PageRequest = {
    first: args.first ?? undefined,
    last: args.last ?? undefined,
    after: place(args.after),
    before: place(args.before),
    order: args.order ?? 'desc',
    sort,
  };
  const query = pageQuery(request);
  const conditions = Object.entries(filter).filter(([, condition]) => condition !== undefined);
  const asked = Object.fromEntries(conditions) as FilterQuery<T>;
  const where = { $and: [asked, ...query.where] } as FilterQuery<T>;
  const options = { orderBy: [...query.orderBy], limit: query.limit } as object;
  const found = (await core.database.fork().find(entity, where, options)) as T[];
  return toConnection(query.page(found), () => countRows(core.database.fork(), entity, asked), sort);
}

/** The condition that a list of values in a filter stands for. */
export function among<T>(values: readonly T[] | null | undefined): { $in: T[] } | undefined {
  return values == null ? undefined : { $in: [...values] };
}

/** The condition of a text that is somewhere in a value, whatever the case of its letters. */
export function containing(text: string | null | undefined): { $ilike: string } | undefined {
  return text == null || text === '' ? undefined : { $ilike: `%${text.replaceAll(/[\\%_]/g, '\\$&')}%` };
}

/** The condition of a time from `since` on, and before `until`. */
export function between(since: Date | null | undefined, until: Date | null | undefined) {
  if (since == null && until == null) return undefined;
  return { ...(since == null ? {} : { $gte: since }), ...(until == null ? {} : { $lt: until }) };
}
