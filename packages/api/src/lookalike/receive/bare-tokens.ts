const TOKEN = /-?\b(?:NaN|Infinity)\b/g;

/**
 * Replaces the tokens NaN, Infinity and -Infinity that stand outside strings by null; the same string where there are none.
 * One pass, linear in the length, without a regular expression over strings: those may be megabytes long.
 */
export function replaceBareTokens(text: string): string {
  if (!text.includes('NaN') && !text.includes('Infinity')) return text;
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const outside = quote < 0 ? text.slice(at) : text.slice(at, quote);
    parts.push(/[NI]/.test(outside) ? outside.replace(TOKEN, 'null') : outside);
    if (quote < 0) break;
    const end = endOfString(text, quote + 1);
    parts.push(text.slice(quote, end));
    at = end;
  }
  return parts.join('');
}

/** Index after the closing quote of the string whose content begins at `from`; the text's end where it never closes. */
export function endOfString(text: string, from: number): number {
  let quote = text.indexOf('"', from);
  while (quote >= 0) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === 0x5c && quote - 1 - backslashes >= from) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return text.length;
}
