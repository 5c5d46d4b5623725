import { expect, it } from 'vitest';
import { comparedRows } from './named-values.ts';

it('has a row for every name of any column, and says which differ', () => {
  const first = [
    { key: 'trees', value: '60' },
    { key: 'seed', value: '42' },
  ];
  const second = [
    { key: 'seed', value: '42' },
    { key: 'leaves', value: '15' },
  ];
  expect(comparedRows([first, second])).toEqual([
    { key: 'leaves', values: [undefined, '15'], differs: true },
    { key: 'seed', values: ['42', '42'], differs: false },
    { key: 'trees', values: ['60', undefined], differs: true },
  ]);
});
