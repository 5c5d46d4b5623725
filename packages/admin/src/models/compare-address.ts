/** More columns than this are not read side by side. */
export const MOST_COMPARED = 6;

/** Global ids have no comma. */
export function comparePath(ids: readonly string[]): string {
  return `/models/compare/${ids.map(encodeURIComponent).join(',')}`;
}

export function comparedIds(text: string | undefined): readonly string[] {
  const ids = (text ?? '').split(',').filter((id) => id !== '');
  return [...new Set(ids)].slice(0, MOST_COMPARED);
}
