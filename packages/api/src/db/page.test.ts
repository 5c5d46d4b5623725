import { describe, expect, it } from 'vitest';
import { type PageRequest, pageQuery } from './page.ts';

/** What the database would answer, over ids 1..10. */
function fetch({
  after,
  before,
  ...rest
}: Omit<PageRequest, 'after' | 'before'> & { after?: number; before?: number }) {
  const place = (id: number | undefined) => (id === undefined ? undefined : { id });
  const query = pageQuery({ ...rest, after: place(after), before: place(before) });
  const bounds = query.where.map(({ id }) => id as { $gt?: number; $lt?: number });
  const { $gt = 0, $lt = 11 } = Object.assign({}, ...bounds) as { $gt?: number; $lt?: number };
  const ids = Array.from({ length: 10 }, (_, i) => i + 1).filter((id) => id > $gt && id < $lt);
  if (query.orderBy.at(-1)?.id === 'desc') ids.reverse();
  return query.page(ids.slice(0, query.limit));
}

describe('keyset pages', () => {
  it('go forward from the newest', () => {
    expect(fetch({ first: 3 })).toEqual({ items: [10, 9, 8], hasNextPage: true, hasPreviousPage: false });
    expect(fetch({ first: 3, after: 8 })).toEqual({ items: [7, 6, 5], hasNextPage: true, hasPreviousPage: true });
    expect(fetch({ first: 3, after: 3 })).toEqual({ items: [2, 1], hasNextPage: false, hasPreviousPage: true });
  });

  it('go backward, in the same order', () => {
    expect(fetch({ last: 3 })).toEqual({ items: [3, 2, 1], hasNextPage: false, hasPreviousPage: true });
    expect(fetch({ last: 3, before: 3 })).toEqual({ items: [6, 5, 4], hasNextPage: true, hasPreviousPage: true });
    expect(fetch({ last: 9, before: 7, order: 'asc' })).toEqual({
      items: [1, 2, 3, 4, 5, 6],
      hasNextPage: true,
      hasPreviousPage: false,
    });
  });

  it('reach every item once, in either order', () => {
    for (const order of ['asc', 'desc'] as const) {
      const seen: number[] = [];
      for (let after: number | undefined; ; ) {
        const page = fetch({ first: 4, order, ...(after === undefined ? {} : { after }) });
        seen.push(...page.items);
        if (!page.hasNextPage) break;
        after = page.items.at(-1);
      }
      expect(seen).toEqual(order === 'asc' ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] : [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    }
  });

  it.each([{ first: 0 }, { first: 101 }, { first: 1.5 }, { last: -1 }, { first: 1, last: 1 }])(
    'refuse %j',
    (request) => {
      expect(() => pageQuery(request)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    },
  );
});
