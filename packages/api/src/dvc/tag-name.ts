/**
 * Names of versions as git tags, and back. Git forbids blanks, `~^:?*[\`, dots in some places and more; a sender's name is any
 * text. All but letters, digits, `_`, `-` and harmless dots is written as `%` and two digits, as in a URL. What is longer
 * than a file's name may be is cut into folders, whose names end in `+`, so that no tag is a folder of another one.
 */
const PREFIX = 'data/';
const LONGEST = 180;

/** @param run 1 for the first job that processed the version; a later one's tag ends in `=2`, `=3`. */
export function tagOf(version: string, run = 1): string {
  const plain = encodeURIComponent(version.toWellFormed()).replace(/[!'()*~]/g, percent);
  // Where a long name is cut is no place to look at its dots.
  const escaped = plain.replace(plain.length > LONGEST ? /\./g : /^\.|\.$|\.(?=\.)|\.(?=lock$)/g, percent);
  const parts = escaped.match(new RegExp(`.{1,${LONGEST}}`, 'g')) ?? ['%'];
  return `${PREFIX}${parts.map((part, at) => (at < parts.length - 1 ? `${part}+` : part)).join('/')}${run > 1 ? `=${run}` : ''}`;
}

/** The version's name that a tag of ours stands for; undefined for another tag. */
export function versionOf(tag: string): string | undefined {
  if (!tag.startsWith(PREFIX)) return undefined;
  const escaped = tag.slice(PREFIX.length).replace(/=\d+$/, '').replaceAll('+/', '');
  try {
    return escaped === '%' ? '' : decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
