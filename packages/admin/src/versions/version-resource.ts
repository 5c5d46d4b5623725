import { pageOf, type Resource, sortOf, textOf } from '../data/resource.ts';
import type { Variables } from '../graphql/graphql.ts';
import { type Version, VersionList, VersionMany, VersionOne } from './version-documents.ts';

/** In the order of a version's life. */
export const VERSION_STATUSES = ['receiving', 'committed', 'processed', 'invalid', 'failed'] as const;

/** Fields of the list that it can be sorted by, as the API calls them. */
const ORDERS = { createdAt: 'createdAt', name: 'name', committedAt: 'committedAt' } as const;

export const versionResource: Resource = {
  page: pageOf(VersionList, (request): Variables<typeof VersionList> => {
    const { status, q } = request.filter;
    const statuses = [status ?? []].flat().filter(isStatus);
    return {
      first: request.first,
      after: request.after,
      orderBy: sortOf(request, ORDERS),
      status: statuses.length > 0 ? statuses : null,
      text: textOf(q),
    };
  }),
  one: async (ask, id, signal) => {
    const { node } = await ask(VersionOne, { id }, { signal });
    return node?.__typename === 'DatasetVersion' ? node : null;
  },
  many: async (ask, ids, signal) =>
    (await ask(VersionMany, { ids: [...ids] }, { signal })).nodes.map((node) => (node && 'id' in node ? node : null)),
};

function isStatus(text: unknown): text is Version['status'] {
  return VERSION_STATUSES.includes(text as Version['status']);
}
