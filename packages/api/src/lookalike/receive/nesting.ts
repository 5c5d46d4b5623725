import { endOfString } from './bare-tokens.ts';

const QUOTE = 0x22;

/**
 * Whether JSON text nests deeper than `levels`. Text that is as flat as `objects` flat objects in one array of one object
 * is told by counting its openers, which costs a few percent of parsing it; the rest is read through.
 *
 * @param text valid JSON, or JSON with bare tokens in place of values.
 */
export function nestsDeeper(text: string, levels: number, objects: number): boolean {
  // Each object has an opener of its own; what is left opens at most one level each.
  const most = objects + levels - 1;
  if (count(text, '{', most) + count(text, '[', most) <= most) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at + 1) - 1;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > levels) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}

/** How often the character is in the text; anything above `most` is as good as the exact number. */
function count(text: string, character: string, most: number): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0 && found <= most; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}
