import { expect, it } from 'vitest';
import { type Line, withLine } from './use-job-log.ts';

const line = (cursor: string): Line => ({ cursor, at: '', level: 'info', stage: null, message: cursor, fields: {} });

it('adds a line to the newest page, and once where the page was fetched with it', () => {
  const known = {
    pages: [
      { lines: [line('3')], before: '3' },
      { lines: [line('1')], before: null },
    ],
    pageParams: [null, '3'],
  };
  const added = withLine(known, line('4'));
  expect(added.pages.map(({ lines }) => lines.map(({ cursor }) => cursor))).toEqual([['3', '4'], ['1']]);
  expect(withLine(added, line('4'))).toBe(added);
});
