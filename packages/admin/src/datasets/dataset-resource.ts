import { creationOrder, pageOf, type Resource } from '../data/resource.ts';
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

export const datasetResource: Resource = {
  page: pageOf(DatasetList, (request) => ({
    first: request.first,
    after: request.after,
    order: creationOrder(request),
    kind: typeof request.filter.kind === 'string' ? request.filter.kind : null,
  })),
  one: async (ask, id, signal) => (await ask(DatasetOne, { id }, { signal })).dataset,
  many: async (ask, ids, signal) =>
    (await ask(DatasetMany, { ids: [...ids] }, { signal })).nodes.map((node) => (node && 'id' in node ? node : null)),
  update: async (ask, id, { name }) => succeeded((await ask(RenameDataset, { id, name: String(name) })).result),
  // The undo is what others ask a typed name for.
  remove: async (ask, id, { name }) =>
    succeeded((await ask(DeleteDataset, { id, confirm: typeof name === 'string' ? name : null })).result),
};
