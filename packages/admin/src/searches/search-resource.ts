import { pageOf, type Resource, sortOf, textOf } from '../data/resource.ts';
import { succeeded } from '../graphql/failure.ts';
import type { Result } from '../graphql/graphql.ts';
import { SearchList, SearchOne } from './search-documents.ts';

/** What its page shows. */
export type SearchDetails = Extract<Result<typeof SearchOne>['job'], { readonly __typename: 'Job' }>;

/** Fields of the list that it can be sorted by, as the API calls them. */
const ORDERS = { createdAt: 'createdAt', status: 'status' } as const;

export const searchResource: Resource = {
  page: pageOf(SearchList, (request) => ({
    first: request.first,
    after: request.after,
    orderBy: sortOf(request, ORDERS),
    text: textOf(request.filter.q),
  })),
  one: async (ask, id, signal) => succeeded((await ask(SearchOne, { id }, { signal })).job),
};
