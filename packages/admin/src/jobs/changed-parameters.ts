/**
 * The parameters of a text that differ from those that a job has; undefined for a text that is no JSON object. Parameters that were
 * taken away stay as they were: the API knows changes, not removals.
 */
export function changesOf(text: string, present: unknown): Record<string, unknown> | undefined {
  const wanted = parse(text);
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return undefined;
  const known = new Map(Object.entries(typeof present === 'object' && present !== null ? present : {}));
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(known.get(name))),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
