/** Days are counted from 1970-01-01 (UTC); the world never looks at a clock. */
export type Day = number;

const MILLISECONDS = 86_400_000;
const texts = new Map<Day, string>();

/** `YYYY-MM-DD` of a day. */
export function isoDay(day: Day): string {
  let text = texts.get(day);
  if (text === undefined) {
    text = new Date(day * MILLISECONDS).toISOString().slice(0, 10);
    texts.set(day, text);
  }
  return text;
}

export function isoMonth(day: Day): string {
  return isoDay(day).slice(0, 7);
}

/** The day of a `YYYY-MM-DD` text. Throws RangeError for anything else. */
export function dayOf(iso: string): Day {
  const day = Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / MILLISECONDS;
  if (!Number.isInteger(day)) throw new RangeError(`not a date: ${iso}`);
  return day;
}

/** How much is bought on each day of the week, from Monday on; the mean is 1. */
const WEEK = [0.9, 0.88, 0.92, 0.96, 1.14, 1.22, 0.98];

/** Relative volume of a day: a weekly profile and a mild swing inside the month (pay days), the same every month. */
export function dayWeight(day: Day): number {
  const weekday = (day + 3) % 7;
  const date = Number(isoDay(day).slice(8));
  return (WEEK[weekday] as number) * (1 + 0.06 * Math.cos((2 * Math.PI * (date - 8)) / 15));
}
