import { DomainError } from '../errors.ts';

/** A request for a keyset page. `after` and `before` are ids of the entity, exclusive. */
export interface PageRequest {
  readonly first?: number | undefined;
  readonly last?: number | undefined;
  readonly after?: string | number | undefined;
  readonly before?: string | number | undefined;
  /** Order by id, which is order of creation. Newest first unless said otherwise. */
  readonly order?: 'asc' | 'desc' | undefined;
}

export interface Page<T> {
  /** In the order asked for, also for a page taken from the end. */
  readonly items: T[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

const MAX_PAGE = 100;
const DEFAULT_PAGE = 20;

export interface PageQuery {
  readonly limit: number;
  readonly orderBy: { id: 'asc' | 'desc' };
  readonly where: { id?: { $gt?: string | number; $lt?: string | number } };
  page<T>(rows: T[]): Page<T>;
}

/**
 * Turns a page request into a condition, an order and a limit (one row more than asked, to know whether there are others).
 *
 * @throws DomainError INVALID_INPUT for a size outside 1..100, or both `first` and `last`.
 */
export function pageQuery(request: PageRequest): PageQuery {
  const backward = request.last !== undefined;
  if (backward && request.first !== undefined) {
    throw new DomainError('INVALID_INPUT', 'Ask for either first or last', { details: { field: 'last' } });
  }
  const size = request.last ?? request.first ?? DEFAULT_PAGE;
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE) {
    throw new DomainError('INVALID_INPUT', `A page has 1 to ${MAX_PAGE} items`, {
      details: { field: backward ? 'last' : 'first' },
    });
  }
  const ascending = (request.order ?? 'desc') === 'asc';
  const id: { $gt?: string | number; $lt?: string | number } = {};
  if (request.after !== undefined) id[ascending ? '$gt' : '$lt'] = request.after;
  if (request.before !== undefined) id[ascending ? '$lt' : '$gt'] = request.before;
  return {
    limit: size + 1,
    orderBy: { id: ascending === backward ? 'desc' : 'asc' },
    where: id.$gt === undefined && id.$lt === undefined ? {} : { id },
    page(rows) {
      const more = rows.length > size;
      const items = rows.slice(0, size);
      if (backward) items.reverse();
      return {
        items,
        hasNextPage: backward ? request.before !== undefined : more,
        hasPreviousPage: backward ? more : request.after !== undefined,
      };
    },
  };
}
