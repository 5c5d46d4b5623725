import { number } from '../display/numbers.ts';

/** A number of a profile as the column means it: dates are milliseconds since 1970 there. */
export function columnValue(value: number, type: string, locale: string): string {
  if (type !== 'date') return number(value, locale);
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(value));
}
