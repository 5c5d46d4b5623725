import { pageOf, type Resource } from '../data/resource.ts';
import type { Variables } from '../graphql/graphql.ts';
import { ModelList, ModelMany, ModelOne } from './model-documents.ts';

export const modelResource: Resource = {
  page: pageOf(
    ModelList,
    (request): Variables<typeof ModelList> => ({
      first: request.first,
      after: request.after,
      order: request.sort.order === 'ASC' ? 'OLDEST_FIRST' : 'NEWEST_FIRST',
    }),
  ),
  one: async (ask, id, signal) => {
    const { node } = await ask(ModelOne, { id }, { signal });
    return node?.__typename === 'ModelVersion' ? node : null;
  },
  many: async (ask, ids, signal) =>
    (await ask(ModelMany, { ids: [...ids] }, { signal })).nodes.map((node) =>
      node?.__typename === 'ModelVersion' ? node : null,
    ),
};
