import { raw } from '@mikro-orm/core';
import { DomainError } from '../errors.ts';
import type { AnySortKey } from './sort-key.ts';

/** A row's place in a list: its id, and its value where the list is sorted by one. */
export interface Place {
  readonly id: string | number;
  readonly value?: string;
}

/** A request for a keyset page. `after` and `before` are exclusive. */
export interface PageRequest {
  readonly first?: number | undefined;
  readonly last?: number | undefined;
  readonly after?: Place | undefined;
  readonly before?: Place | undefined;
  /** Without a key it is the order of ids, which is that of creation. Newest, or greatest, first unless said otherwise. */
  readonly order?: 'asc' | 'desc' | undefined;
  readonly sort?: AnySortKey | undefined;
}

export interface Page<T> {
  /** In the order asked for, also for a page taken from the end. */
  readonly items: T[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

const MAX_PAGE = 100;
const DEFAULT_PAGE = 20;

type Direction = 'asc' | 'desc';
type Comparison = '$gt' | '$lt';

export interface PageQuery {
  readonly limit: number;
  readonly orderBy: readonly Readonly<Record<string | symbol, Direction>>[];
  /** All of them. */
  readonly where: readonly Readonly<Record<string | symbol, unknown>>[];
  page<T>(rows: T[]): Page<T>;
}

/**
 * Turns a page request into conditions, an order and a limit (one row more than asked, to know whether there are others).
 *
 * @throws DomainError INVALID_INPUT for a size outside 1..100, or both `first` and `last`.
 */
export function pageQuery(request: PageRequest): PageQuery {
  const { first, last, after, before, sort } = request;
  const backward = last !== undefined;
  if (backward && first !== undefined) {
    throw new DomainError('INVALID_INPUT', 'Ask for either first or last', { details: { field: 'last' } });
  }
  const size = last ?? first ?? DEFAULT_PAGE;
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE) {
    throw new DomainError('INVALID_INPUT', `A page has 1 to ${MAX_PAGE} items`, {
      details: { field: backward ? 'last' : 'first' },
    });
  }
  const ascending = (request.order ?? 'desc') === 'asc';
  const direction = ascending === backward ? 'desc' : 'asc';
  return {
    limit: size + 1,
    orderBy: [...(sort ? [{ [raw(sort.column)]: direction } as const] : []), { id: direction }],
    where: [
      ...(after ? [beyond(after, ascending ? '$gt' : '$lt', sort)] : []),
      ...(before ? [beyond(before, ascending ? '$lt' : '$gt', sort)] : []),
    ],
    page(rows) {
      const more = rows.length > size;
      const items = rows.slice(0, size);
      if (backward) items.reverse();
      return {
        items,
        hasNextPage: backward ? before !== undefined : more,
        hasPreviousPage: backward ? more : after !== undefined,
      };
    },
  };
}

/** Compared as a row, which is how an index over value and id is entered at the place. */
function beyond({ id, value }: Place, comparison: Comparison, sort: AnySortKey | undefined) {
  if (!sort) return { id: { [comparison]: id } };
  const operator = comparison === '$gt' ? '>' : '<';
  const row = (alias: string) => `(${sort.column(alias)}, ${alias}.id) ${operator} (${sort.bound}, ?)`;
  return { [raw(row, [value, id])]: [] };
}
