import type { DataProvider, GetListParams, GetListResult, RaRecord } from 'react-admin';
import type { Ask } from '../graphql/client.ts';
import { Failure } from '../graphql/failure.ts';
import { Cursors } from './cursors.ts';
import type { ListRequest, Page, Resource } from './resource.ts';

/** react-admin's door to the API, over the resources that are given. */
export function createDataProvider(
  ask: Ask,
  resources: Readonly<Record<string, () => Promise<Resource>>>,
): DataProvider {
  const cursors = new Cursors();

  async function getList(name: string, params: GetListParams): Promise<GetListResult> {
    const page = await can(name, 'page');
    const { page: wanted, perPage: first } = params.pagination ?? { page: 1, perPage: 25 };
    const { sort = { field: 'createdAt', order: 'DESC' }, filter = {}, signal } = params;
    const list = JSON.stringify([name, first, sort, filter]);
    let { page: at, after } = cursors.nearest(list, wanted);
    for (; ; at++) {
      const request: ListRequest = { first, after, sort, filter };
      const found = await page(ask, request, signal);
      after = found.pageInfo.endCursor;
      if (found.pageInfo.hasNextPage) cursors.keep(list, at + 1, after);
      if (at === wanted) return listResult(found, wanted);
      if (!found.pageInfo.hasNextPage) return listResult({ ...found, nodes: [] }, wanted);
    }
  }

  async function can<Skill extends keyof Resource>(name: string, skill: Skill): Promise<NonNullable<Resource[Skill]>> {
    const found = (await resources[name]?.())?.[skill];
    if (!found) throw new Failure('INVALID_STATE', `${name} cannot be asked for: ${skill}`);
    return found as NonNullable<Resource[Skill]>;
  }

  return {
    supportAbortSignal: true,
    getList,
    getOne: async (name, { id, signal }) => {
      const record = await (await can(name, 'one'))(ask, String(id), signal);
      if (!record) throw new Failure('NOT_FOUND', 'There is no such record');
      return { data: asRecord(record) };
    },
    getMany: async (name, { ids, signal }) => {
      const wanted = ids.map(String);
      const many = (await resources[name]?.())?.many;
      const records = many
        ? await many(ask, wanted, signal)
        : await Promise.all(wanted.map(async (id) => (await can(name, 'one'))(ask, id, signal)));
      return { data: records.filter((record) => record !== null).map(asRecord) };
    },
    getManyReference: async (name, { target, id, ...params }) =>
      getList(name, { ...params, filter: { ...params.filter, [target]: id } }),
    update: async (name, { id, data }) => ({
      data: asRecord(await (await can(name, 'update'))(ask, String(id), data)),
    }),
    updateMany: async (name, { ids, data }) => {
      for (const id of ids) await (await can(name, 'update'))(ask, String(id), data);
      return { data: ids };
    },
    delete: async (name, { id, previousData }) => {
      await (await can(name, 'remove'))(ask, String(id), previousData ?? {});
      return { data: (previousData ?? { id }) as never };
    },
    deleteMany: async (name, { ids }) => {
      for (const id of ids) await (await can(name, 'remove'))(ask, String(id), {});
      return { data: ids };
    },
    // Creating takes a form of its own everywhere: files, parameters from the schema.
    create: async (name) => {
      throw new Failure('INVALID_STATE', `${name} are not created this way`);
    },
  } as DataProvider;
}

/** A total is told only where the server counts; without it the list knows no more than whether there is a next page. */
function listResult({ nodes, pageInfo, totalCount }: Page, page: number): GetListResult {
  return {
    data: nodes.map(asRecord),
    pageInfo: { hasNextPage: pageInfo.hasNextPage, hasPreviousPage: page > 1 },
    ...(totalCount ? { total: totalCount.count, meta: { exact: totalCount.exact } } : {}),
  };
}

/** react-admin's records have an open shape. */
function asRecord(node: { readonly id: string }): RaRecord<string> {
  return node as RaRecord<string>;
}
