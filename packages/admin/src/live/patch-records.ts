import type { QueryClient } from '@tanstack/react-query';

interface Patch {
  readonly id: string;
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
