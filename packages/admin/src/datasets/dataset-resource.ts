import { pageOf, type Resource, sortOf, textOf } from '../data/resource.ts';
import { succeeded } from '../graphql/failure.ts';
import type { Result } from '../graphql/graphql.ts';
import {
  DatasetList,
  DatasetMany,
  DatasetOne,
  type DatasetRow,
  DeleteDataset,
  RenameDataset,
} from './dataset-documents.ts';

export type Dataset = Result<typeof DatasetRow>;
/** What its page shows. */
export type DatasetDetails = NonNullable<Result<typeof DatasetOne>['dataset']>;

const ORDERS = { createdAt: 'createdAt', name: 'name' } as const;

export const datasetResource: Resource = {
  page: pageOf(DatasetList, (request) => ({
    first: request.first,
    after: request.after,
    orderBy: sortOf(request, ORDERS),
    text: textOf(request.filter.q),
    kind: textOf(request.filter.kind),
  })),
  one: async (ask, id, signal) => (await ask(DatasetOne, { id }, { signal })).dataset,
  many: async (ask, ids, signal) =>
    (await ask(DatasetMany, { ids: [...ids] }, { signal })).nodes.map((node) => (node && 'id' in node ? node : null)),
  update: async (ask, id, { name }) => succeeded((await ask(RenameDataset, { id, name: String(name) })).result),
  // The undo is what others ask a typed name for.
  remove: async (ask, id, { name }) =>
    succeeded((await ask(DeleteDataset, { id, confirm: typeof name === 'string' ? name : null })).result),
};
