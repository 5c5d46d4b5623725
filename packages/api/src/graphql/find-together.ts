import type { EntityName } from '@mikro-orm/core';
import type { Core } from '../core.ts';
import type { GraphqlContext } from './context.ts';

type Found<T> = ReadonlyMap<string, T>;

interface Batch {
  readonly ids: Set<string>;
  readonly found: Promise<Found<unknown>>;
}

const waiting = new WeakMap<GraphqlContext, Map<unknown, Batch>>();

/**
 * What belongs to one id, by one question for all ids that a request asks the same of in the same moment.
 * @param kind tells which questions are the same: they have the same `load`.
 */
export async function askTogether<T>(
  context: GraphqlContext,
  kind: unknown,
  id: string,
  load: (core: Core, ids: readonly string[]) => Promise<Found<T>>,
): Promise<T | undefined> {
  const batches = waiting.get(context) ?? new Map<unknown, Batch>();
  waiting.set(context, batches);
  const batch =
    batches.get(kind) ??
    begin(
      (ids) => load(context.core, ids),
      () => batches.delete(kind),
    );
  batches.set(kind, batch);
  batch.ids.add(id);
  return (await batch.found).get(id) as T | undefined;
}

/** An entity by its id, in one query with all others of its kind that a request asks for in the same moment. */
export async function findTogether<T extends { id: string }>(
  context: GraphqlContext,
  entity: EntityName<T>,
  id: string,
): Promise<T | null> {
  const found = await askTogether(context, entity, id, async ({ database }, ids) => {
    const rows: T[] = await database.fork().find(entity, { id: { $in: [...ids] } } as never);
    return new Map(rows.map((row) => [row.id, row]));
  });
  return found ?? null;
}

function begin(load: (ids: readonly string[]) => Promise<Found<unknown>>, closed: () => void): Batch {
  const ids = new Set<string>();
  const find = () => {
    closed();
    return load([...ids]);
  };
  // When all resolvers that can run have run: after the promises that are settled already.
  const asked = new Promise<void>((resolve) => Promise.resolve().then(() => process.nextTick(resolve)));
  return { ids, found: asked.then(find) };
}
