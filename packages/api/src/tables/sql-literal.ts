/** A text as an SQL string literal. DuckDB knows no backslash escapes in plain literals, so quotes are all that matters. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as a quoted SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
