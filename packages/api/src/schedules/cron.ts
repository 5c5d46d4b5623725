import { CronExpressionParser } from 'cron-parser';
import { DomainError } from '../errors.ts';

/** The times of a schedule: `0 3 1 1,4,7,10 *` is three in the morning of the first day of each quarter. */
export interface Cron {
  /** Minute, hour, day of the month, month, day of the week. */
  readonly expression: string;
  /** Of the IANA list, such as Europe/Moscow. */
  readonly timeZone: string;
}

/** The first time after that one. Where clocks are put forward, a time that they leave out comes when they have been. */
export function nextDue({ expression, timeZone }: Cron, after: Date): Date {
  return CronExpressionParser.parse(expression, { currentDate: after, tz: timeZone }).next().toDate();
}

/** The last time up to that one, and how many there were since `from`, itself counted; of very many at least so many. */
export function lastDue(cron: Cron, from: Date, now: Date): { readonly due: Date; readonly times: number } {
  let [due, times] = [from, 1];
  for (; times < MOST_COUNTED; times++) {
    const next = nextDue(cron, due);
    if (next > now) return { due, times };
    due = next;
  }
  const { expression, timeZone } = cron;
  // From just after now, so that a time that is now is found.
  const before = CronExpressionParser.parse(expression, { currentDate: new Date(now.getTime() + 1), tz: timeZone });
  return { due: before.prev().toDate(), times };
}
const MOST_COUNTED = 1000;

/** @throws DomainError INVALID_INPUT naming what is wrong. */
export function checkCron({ expression, timeZone }: Cron): void {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== 5) {
    throw wrong('cron', `has ${parts.length} parts, not five: minute, hour, day of the month, month, day of the week`);
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw wrong('timeZone', `${timeZone.slice(0, 60)} is none of the IANA list, such as Europe/Moscow`);
  }
  try {
    nextDue({ expression, timeZone }, new Date());
  } catch (error) {
    throw wrong('cron', error instanceof Error ? error.message : 'it has no times');
  }
}

const wrong = (field: string, why: string) =>
  new DomainError('INVALID_INPUT', `${field}: ${why} (every quarter: 0 3 1 1,4,7,10 *)`, { details: { field } });
