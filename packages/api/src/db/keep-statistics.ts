import type { Database } from './orm.ts';

/** Some milliseconds of the one connection, for tables of a million rows some hundred. */
const EVERY_MS = 3_600_000;
/** Whoever starts has better things to do. */
const FIRST_MS = 60_000;

/**
 * PostgreSQL counts its rows by itself; inside of a process nobody does, and plans and estimates of totals would rest on nothing.
 *
 * @returns the call that ends it.
 */
export function keepStatistics(
  database: Database,
  onError: (error: unknown, message: string) => void,
  { firstMs = FIRST_MS, everyMs = EVERY_MS } = {},
): () => void {
  if (database.kind !== 'pglite') return () => undefined;
  const analyze = () => {
    database
      .fork()
      .execute('analyze')
      .catch((error: unknown) => onError(error, 'the rows of the database could not be counted'));
  };
  let timer = setTimeout(() => {
    analyze();
    timer = setInterval(analyze, everyMs);
    timer.unref();
  }, firstMs);
  timer.unref();
  return () => clearTimeout(timer);
}
