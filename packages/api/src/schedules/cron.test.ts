import { expect, it } from 'vitest';
import { checkCron, lastDue, nextDue } from './cron.ts';

const at = (text: string) => new Date(text);
const quarterly = { expression: '0 3 1 1,4,7,10 *', timeZone: 'Europe/Moscow' };

it('is due by the clock of its time zone, also where that is put forward or back', () => {
  expect(nextDue(quarterly, at('2026-11-27T00:00:00Z'))).toEqual(at('2027-01-01T00:00:00Z'));
  const daily = { expression: '30 2 * * *', timeZone: 'Europe/Berlin' };
  // Half past two does not exist on that day; then it is an hour earlier in UTC.
  const forward = nextDue(daily, at('2027-03-28T00:00:00Z'));
  expect(forward.toISOString()).toMatch(/^2027-03-28T01/);
  expect(nextDue(daily, forward)).toEqual(at('2027-03-29T00:30:00Z'));
  // Half past two comes twice on that day, and the schedule once.
  const back = nextDue(daily, at('2027-10-30T12:00:00Z'));
  expect(back.toISOString()).toMatch(/^2027-10-31T0[01]:30/);
  expect(nextDue(daily, back).toISOString()).toMatch(/^2027-11-01T01:30/);
});

it('tells the last of the times that have passed, and how many they were', () => {
  const from = at('2026-01-01T00:00:00Z');
  expect(lastDue(quarterly, from, from)).toEqual({ due: from, times: 1 });
  expect(lastDue(quarterly, from, at('2026-11-27T00:00:00Z'))).toEqual({ due: at('2026-10-01T00:00:00Z'), times: 4 });
  const often = { expression: '* * * * *', timeZone: 'UTC' };
  const { due, times } = lastDue(often, from, at('2026-11-27T00:00:30Z'));
  expect([due, times]).toEqual([at('2026-11-27T00:00:00Z'), 1000]);
});

it('refuses what is no time, and says which field is wrong', () => {
  for (const [expression, timeZone, message] of [
    ['0 3 1 *', 'UTC', 'cron: has 4 parts'],
    ['* * * * * *', 'UTC', 'cron: has 6 parts'],
    ['61 3 1 1 *', 'UTC', 'cron: '],
    ['0 3 1 1 *', 'Europe/Nowhere', 'timeZone: Europe/Nowhere is none'],
  ])
    expect(() => checkCron({ expression, timeZone })).toThrow(message);
});
