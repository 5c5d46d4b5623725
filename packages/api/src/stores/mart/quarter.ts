/** Quarters of the calendar, written `2026-Q3`; days are of UTC, as dates of uploaded tables are. */
import { z } from 'zod';

export const quarterName = z.string().regex(/^\d{4}-Q[1-4]$/, 'is no quarter such as 2026-Q3');

/** Milliseconds since 1970: from the first moment of the quarter to before the first of the next. */
export function quarterBounds(name: string): { readonly from: number; readonly to: number } {
  const [year, quarter] = name.split('-Q').map(Number);
  return { from: Date.UTC(year, 3 * (quarter - 1)), to: Date.UTC(year, 3 * quarter) };
}

/** The quarter so many quarters after (before, where negative) that one. */
export function quarterAfter(name: string, by: number): string {
  const [year, quarter] = name.split('-Q').map(Number);
  const at = 4 * year + quarter - 1 + by;
  return `${Math.floor(at / 4)}-Q${(((at % 4) + 4) % 4) + 1}`;
}

/** The last quarter that had ended at that time by the calendar of that time zone, one of the IANA list. */
export function lastWholeQuarter(now: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en', { timeZone, calendar: 'gregory', year: 'numeric', month: 'numeric' });
  const part = (wanted: string) => Number(format.formatToParts(now).find(({ type }) => type === wanted)?.value);
  return quarterAfter(`${part('year')}-Q${Math.floor((part('month') - 1) / 3) + 1}`, -1);
}
