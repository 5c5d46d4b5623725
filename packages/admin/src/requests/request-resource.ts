import { type Resource, textOf } from '../data/resource.ts';
import type { Result } from '../graphql/graphql.ts';
import { RequestList, type RequestRow } from './request-documents.ts';

/** Its place in the process's log is its id: a caller may send the same request id twice. */
export type Request = Result<typeof RequestRow> & { readonly id: string };

export const requestResource: Resource = {
  page: async (ask, { first, after, filter }, signal) => {
    const variables = {
      first,
      after,
      text: textOf(filter.q),
      method: textOf(filter.method),
      refused: typeof filter.refused === 'boolean' ? filter.refused : null,
      code: textOf(filter.code),
      requestId: textOf(filter.requestId),
      slowerThan: typeof filter.slowerThan === 'number' ? filter.slowerThan : null,
    };
    const { page } = await ask(RequestList, variables, { signal });
    return { ...page, nodes: page.edges.flatMap((edge) => (edge ? [{ ...edge.node, id: edge.cursor }] : [])) };
  },
};
