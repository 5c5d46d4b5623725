import { expect, it } from 'vitest';
import { auditCsv } from './audit-csv.ts';
import type { AuditEntry } from './audit-resource.ts';

const ENTRY: AuditEntry = {
  __typename: 'AuditEntry',
  id: 'QXVkaXRFbnRyeTox',
  at: '2026-11-27T06:00:00.000Z',
  who: 'admin',
  role: 'administrator',
  action: 'createUser',
  target: null,
  arguments: { name: 'olga', role: 'viewer' },
  outcome: 'OK',
  requestId: 'r1',
  address: '127.0.0.1',
};

it('writes a line for each entry, quoted where it must be', () => {
  expect(auditCsv([ENTRY])).toBe(
    'at,who,role,action,target,outcome,arguments,requestId,address\r\n' +
      '2026-11-27T06:00:00.000Z,admin,administrator,createUser,,OK,"{""name"":""olga"",""role"":""viewer""}",r1,127.0.0.1\r\n',
  );
});

it('keeps what a stranger wrote from being a formula', () => {
  expect(auditCsv([{ ...ENTRY, who: '=HYPERLINK("http://x")' }])).toContain(`,"'=HYPERLINK(""http://x"")",`);
});
