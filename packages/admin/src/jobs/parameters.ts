/** Parameters that are nested as `clustering.params.n_clusters`, each with its value as text. */
function flatten(value: unknown, prefix = ''): ReadonlyMap<string, string> {
  const flat = new Map<string, string>();
  if (typeof value !== 'object' || value === null) return flat;
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
      for (const [deeper, text] of flatten(inner, name)) flat.set(deeper, text);
    } else {
      flat.set(name, typeof inner === 'string' ? inner : JSON.stringify(inner));
    }
  }
  return flat;
}

interface ParameterRow {
  readonly name: string;
  /** In the order of the given values; undefined where one has no such parameter. */
  readonly values: readonly (string | undefined)[];
  readonly differs: boolean;
}

/** Side by side, by name. */
export function parameterRows(values: readonly unknown[]): readonly ParameterRow[] {
  const columns = values.map((value) => flatten(value));
  const names = new Set(columns.flatMap((column) => [...column.keys()]));
  return [...names].sort().map((name) => {
    const cells = columns.map((column) => column.get(name));
    return { name, values: cells, differs: cells.some((cell) => cell !== cells[0]) };
  });
}
