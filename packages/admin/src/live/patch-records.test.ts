import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { keepNews, laidOver, patchRecords } from './patch-records.ts';

it('lays news over a record wherever it is, and leaves what they do not tell', () => {
  const cached = {
    data: [
      { id: 'a', status: 'running', stages: [{ id: 's', progress: 0 }] },
      { id: 'b', status: 'pending', twin: { id: 'a', status: 'running', name: 'kept' } },
    ],
    total: 2,
  };
  expect(laidOver(cached, { id: 'a', status: 'completed' } as { id: string })).toEqual({
    data: [
      { id: 'a', status: 'completed', stages: [{ id: 's', progress: 0 }] },
      { id: 'b', status: 'pending', twin: { id: 'a', status: 'completed', name: 'kept' } },
    ],
    total: 2,
  });
});

it('merges nested records instead of cutting them short', () => {
  const cached = { id: 'j', version: { id: 'v', name: '1', dataset: { id: 'd', kind: 'clustering' } } };
  const news = { id: 'j', version: { id: 'v', name: '2' } };
  expect(laidOver(cached, news)).toEqual({
    id: 'j',
    version: { id: 'v', name: '2', dataset: { id: 'd', kind: 'clustering' } },
  });
});

it('leaves what has no place for it the very same, so that nothing is drawn anew', () => {
  const cached = { data: [{ id: 'a' }], deep: { list: [1, { x: null }] } };
  expect(laidOver(cached, { id: 'z' })).toBe(cached);
});

it('changes only the queries that show the record, and makes none of them younger', () => {
  const client = new QueryClient();
  client.setQueryData(['jobs', 'getList'], { data: [{ id: 'a', progress: 0 }] }, { updatedAt: 1000 });
  const other = { data: [{ id: 'b' }] };
  client.setQueryData(['datasets', 'getList'], other);
  expect(patchRecords(client, { id: 'a', progress: 0.5 } as { id: string })).toBe(true);
  expect(client.getQueryData(['jobs', 'getList'])).toEqual({ data: [{ id: 'a', progress: 0.5 }] });
  expect(client.getQueryState(['jobs', 'getList'])?.dataUpdatedAt).toBe(1000);
  expect(client.getQueryData(['datasets', 'getList'])).toBe(other);
  expect(patchRecords(client, { id: 'nobody' })).toBe(false);
});

it('lays news over an answer that was underway when they came, and not over one that is asked for after them', async () => {
  const client = new QueryClient();
  const stop = keepNews(client);
  const queryKey = ['jobs', 'getOne'];
  const answers: ((status: string) => void)[] = [];
  const ask = () => client.fetchQuery({ queryKey, queryFn: () => new Promise((resolve) => answers.push(resolve)) });
  const record = (status: string) => ({ id: 'a', status, kept: true });
  const first = ask();
  patchRecords(client, { id: 'a', status: 'running' } as { id: string });
  patchRecords(client, { id: 'a', status: 'cancelled' } as { id: string });
  answers[0]?.(record('running') as never);
  await first;
  expect(client.getQueryData(queryKey)).toEqual(record('cancelled'));

  const second = ask();
  answers[1]?.(record('pending') as never);
  await second;
  expect(client.getQueryData(queryKey)).toEqual(record('pending'));
  stop();
});
