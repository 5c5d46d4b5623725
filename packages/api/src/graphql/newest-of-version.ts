import { type EntityName, Utils } from '@mikro-orm/core';
import type { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import type { GraphqlContext } from './context.ts';
import { askTogether } from './find-together.ts';

interface OfVersion {
  readonly id: string;
  readonly datasetVersion: { readonly id: string };
}

/** The last that was made of a version of data, such as its report; in one query for all versions of a page. */
export async function newestOfVersion<T extends OfVersion>(
  context: GraphqlContext,
  entity: EntityName<T>,
  version: DatasetVersion,
): Promise<T | null> {
  const found = await askTogether(
    context,
    `newest ${Utils.className(entity)}`,
    version.id,
    async ({ database }, ids) => {
      const where = { datasetVersion: { $in: [...ids] } };
      const rows: T[] = await database.fork().find(entity, where as never, { orderBy: { id: 'asc' } as never });
      return new Map(rows.map((row) => [row.datasetVersion.id, row]));
    },
  );
  return found ?? null;
}
