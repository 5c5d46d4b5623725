import type { Json } from '../pipelines/stage.ts';

/** `{ a: { b: 1 } }` -> `a.b: 1`; only numbers. */
function flat(value: Json, prefix = ''): [string, number][] {
  if (typeof value === 'number') return [[prefix, value]];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => flat(member, prefix === '' ? key : `${prefix}.${key}`));
}

/** Every metric of every revision, oldest first, one row each: what DVC plots over time. */
export function historyCsv(history: readonly { readonly tag: string; readonly metrics: Json }[]): string {
  const rows = history.map(({ tag, metrics }) => ({ tag, values: new Map(flat(metrics)) }));
  const columns = [...new Set(rows.flatMap(({ values }) => [...values.keys()]))].sort();
  const lines = rows.map(({ tag, values }) => [tag, ...columns.map((column) => values.get(column) ?? '')].join(','));
  return `${[['revision', ...columns].join(','), ...lines].join('\n')}\n`;
}
