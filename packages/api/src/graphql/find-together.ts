import type { EntityName } from '@mikro-orm/core';
import type { GraphqlContext } from './context.ts';

interface Batch {
  readonly ids: Set<string>;
  readonly found: Promise<ReadonlyMap<string, unknown>>;
}

const waiting = new WeakMap<GraphqlContext, Map<unknown, Batch>>();

/** An entity by its id, in one query with all others of its kind that a request asks for in the same moment. */
export async function findTogether<T extends { id: string }>(
  context: GraphqlContext,
  entity: EntityName<T>,
  id: string,
): Promise<T | null> {
  const batches = waiting.get(context) ?? new Map<unknown, Batch>();
  waiting.set(context, batches);
  const batch = batches.get(entity) ?? begin(context, entity, () => batches.delete(entity));
  batches.set(entity, batch);
  batch.ids.add(id);
  return ((await batch.found).get(id) as T | undefined) ?? null;
}

function begin<T extends { id: string }>(context: GraphqlContext, entity: EntityName<T>, closed: () => void): Batch {
  const ids = new Set<string>();
  const find = async () => {
    closed();
    const rows = await context.core.database.fork().find(entity, { id: { $in: [...ids] } } as never);
    return new Map((rows as T[]).map((row) => [row.id, row]));
  };
  // When all resolvers that can run have run: after the promises that are settled already.
  const asked = new Promise<void>((resolve) => Promise.resolve().then(() => process.nextTick(resolve)));
  return { ids, found: asked.then(find) };
}
