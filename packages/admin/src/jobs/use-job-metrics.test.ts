import { expect, it } from 'vitest';
import { addMetric } from './use-job-metrics.ts';

it('puts a value that is told late at its step, and one that is told twice there once', () => {
  const told = [
    { stage: 'train', key: 'loss', step: 2, value: 0.2 },
    { stage: 'train', key: 'loss', step: 1, value: 0.4 },
    { stage: 'train', key: 'loss', step: 2, value: 0.2 },
    { stage: 'evaluate', key: 'loss', step: 1, value: 0.3 },
  ];
  expect(told.reduce(addMetric, [])).toEqual([
    {
      stage: 'train',
      key: 'loss',
      points: [
        { step: 1, value: 0.4 },
        { step: 2, value: 0.2 },
      ],
    },
    { stage: 'evaluate', key: 'loss', points: [{ step: 1, value: 0.3 }] },
  ]);
});
