import type { Query, QueryClient } from '@tanstack/react-query';

interface Patch {
  readonly id: string;
}

/** News that came while a query was being fetched: what it is answered may be older than they are. */
const meanwhile = new WeakMap<Query, Patch[]>();

/** Lays what came during a fetch over its answer, too. @returns what stops it. */
export function keepNews(client: QueryClient): () => void {
  return client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return;
    const { query, action } = event;
    // Begun anew, it is asked after what has come so far.
    if (action.type === 'fetch') meanwhile.delete(query);
    if (action.type !== 'success' || action.manual) return;
    const data: unknown = query.state.data;
    const patched = (meanwhile.get(query) ?? []).reduce(laidOver, data);
    meanwhile.delete(query);
    if (patched !== data) client.setQueryData(query.queryKey, patched, { updatedAt: query.state.dataUpdatedAt });
  });
}

/**
 * Lays news of a record over every place of the cache that shows it, by its global id: lists, pages and what custom queries nest. Fields
 * that the news do not have stay.
 *
 * @returns whether anything showed it.
 */
export function patchRecords(client: QueryClient, patch: Patch): boolean {
  let shown = false;
  for (const query of client.getQueryCache().getAll()) {
    if (query.state.fetchStatus !== 'idle') meanwhile.set(query, [...(meanwhile.get(query) ?? []), patch]);
    const data: unknown = query.state.data;
    const patched = laidOver(data, patch);
    if (patched === data) continue;
    shown = true;
    // The time of the last fetch stays: news make a list no younger.
    client.setQueryData(query.queryKey, patched, { updatedAt: query.state.dataUpdatedAt });
  }
  return shown;
}

/** The value with the patch in it; the very same where it has no place. */
export function laidOver(value: unknown, patch: Patch): unknown {
  if (Array.isArray(value)) {
    let copy: unknown[] | undefined;
    value.forEach((item, at) => {
      const patched = laidOver(item, patch);
      if (patched === item) return;
      copy ??= [...value];
      copy[at] = patched;
    });
    return copy ?? value;
  }
  if (typeof value !== 'object' || value === null) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [key, inner] of Object.entries(value)) {
    const patched = laidOver(inner, patch);
    if (patched !== inner) {
      copy ??= { ...value };
      copy[key] = patched;
    }
  }
  if ((value as Partial<Patch>).id === patch.id) copy = merged(copy ?? value, patch);
  return copy ?? value;
}

/** Nested objects of the news are laid over those of the record: what they leave out was not asked for, not taken away. */
function merged(record: object, patch: object): Record<string, unknown> {
  const result: Record<string, unknown> = { ...record };
  for (const [key, value] of Object.entries(patch)) {
    const present = result[key];
    result[key] = isPlain(present) && isPlain(value) ? merged(present, value) : value;
  }
  return result;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
