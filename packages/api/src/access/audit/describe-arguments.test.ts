import { expect, it } from 'vitest';
import { ReceivedFile } from '../../uploads/received-file.ts';
import { describeArguments, targetOf } from './describe-arguments.ts';

it('keeps what is short, as it is', () => {
  const args = {
    name: 'a',
    count: 3,
    flag: false,
    none: null,
    list: [1, 'two'],
    at: new Date(0),
    inner: { x: { y: 1 } },
  };
  expect(describeArguments({ ...args, left: undefined })).toEqual({ ...args, at: '1970-01-01T00:00:00.000Z' });
});

it('leaves secrets out, wherever they are', () => {
  const secret = describeArguments({ password: 'p', current: 'c', next: 'n', nested: [{ token: 't', name: 'kept' }] });
  expect(secret).toEqual({
    password: '<secret>',
    current: '<secret>',
    next: '<secret>',
    nested: [{ token: '<secret>', name: 'kept' }],
  });
});

it('cuts texts, lists, depth and the whole', () => {
  expect(describeArguments({ text: 'x'.repeat(10_000) })).toEqual({ text: `${'x'.repeat(200)}…` });
  expect(describeArguments({ list: Array.from({ length: 50 }, (_, at) => at) })).toMatchObject({
    list: expect.arrayContaining([19, '… 30 more']),
  });
  expect(JSON.stringify(describeArguments({ a: { b: { c: { d: { e: { f: 1 } } } } } }))).toBe(
    '{"a":{"b":{"c":{"d":"…"}}}}',
  );
  const long = Object.fromEntries(
    Array.from({ length: 19 }, (_, at) => [`k${at}`, Array.from({ length: 9 }, () => 'y'.repeat(150))]),
  );
  expect(JSON.stringify(describeArguments(long)).length).toBeLessThan(4000);
  const wide = Array.from({ length: 20 }, () => Array.from({ length: 20 }, () => Array.from({ length: 20 }, () => 1)));
  expect(JSON.stringify(describeArguments({ wide })).length).toBeLessThan(4000);
});

it('says of bytes and files how many, and keeps nothing that the database cannot', () => {
  expect(describeArguments({ body: new Uint8Array(7), file: new ReceivedFile('/tmp/x', 'a.csv', 9) })).toEqual({
    body: '<7 bytes>',
    file: '<file a.csv, 9 bytes>',
  });
  expect(describeArguments({ 'k\0': 'a\0b\ud800' })).toEqual({ 'k\u2400': 'a\u2400b\ufffd' });
});

it('names what an action was about', () => {
  expect(targetOf({ id: { typename: 'Job', id: 'x' } })).toBe('Job:x');
  expect(targetOf({ version: 'v1', table: 'offer' })).toBe('v1');
  expect(targetOf({ enabled: true })).toBeNull();
});
