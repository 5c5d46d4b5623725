/** Finds the stretch of weeks in which a date column really has its rows, so that stray dates stand out. */
import type { DuckDbSession } from '../../tables/duckdb-session.ts';
import { identifier } from '../../tables/sql-literal.ts';
import type { Span } from './profile.ts';

/** A week belongs to the regular traffic from this share of the median week on. */
const REGULAR_SHARE = 0.05;
/** Regular weeks further apart than this are different stretches. */
const LONGEST_GAP_WEEKS = 8;
const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

const isoDay = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

export function addDays(day: string, days: number): string {
  const shifted = Date.parse(`${day}T00:00:00Z`) / DAY_MS + days;
  // Years beyond four digits have no plain ISO form; nothing here needs them.
  return isoDay(Math.min(Math.max(shifted, -719_162), 2_932_896));
}

/**
 * The stretch with the most rows. A bulk of equal dates far away (2099, 1970) is a stretch of its own and loses, unless it
 * holds most of the rows. @param weeks rows by week number since 1970 (a week is days 7w to 7w+6)
 */
export function regularStretch(
  weeks: ReadonlyMap<number, number>,
): { firstWeek: number; lastWeek: number } | undefined {
  const counts = [...weeks.values()].sort((a, b) => a - b);
  if (counts.length === 0) return undefined;
  const threshold = REGULAR_SHARE * counts[counts.length >> 1];
  const regular = [...weeks.keys()].filter((week) => (weeks.get(week) ?? 0) >= threshold).sort((a, b) => a - b);
  let best: { firstWeek: number; lastWeek: number; rows: number } | undefined;
  let current: { firstWeek: number; lastWeek: number; rows: number } | undefined;
  for (const week of regular) {
    if (!current || week - current.lastWeek > LONGEST_GAP_WEEKS) current = { firstWeek: week, lastWeek: week, rows: 0 };
    current.lastWeek = week;
    current.rows += weeks.get(week) ?? 0;
    if (!best || current.rows > best.rows) best = current;
  }
  return best;
}

/** The regular stretch of a DATE column, whole weeks; undefined for a column without dates. */
export async function regularSpan(db: DuckDbSession, table: string, column: string): Promise<Span | undefined> {
  const rows = await db.rows(
    `SELECT (${identifier(column)} - DATE '1970-01-01')::BIGINT // ${WEEK_DAYS} AS week, count(*) AS n
     FROM ${identifier(table)} WHERE ${identifier(column)} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' GROUP BY 1`,
  );
  const stretch = regularStretch(new Map(rows.map((row) => [Number(row.week), Number(row.n)])));
  if (!stretch) return undefined;
  return { first: isoDay(stretch.firstWeek * WEEK_DAYS), last: isoDay(stretch.lastWeek * WEEK_DAYS + WEEK_DAYS - 1) };
}
