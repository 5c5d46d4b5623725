import { expect, it } from 'vitest';
import { driftFeatures } from './drift-features.ts';

const column = (feature: string) => ({
  feature,
  description: `${feature} of clients`,
  kind: 'categorical' as const,
  window: 'all',
  currentRows: 10,
  referenceRows: null,
  bars: [],
});

it('puts what has drifted first, then what comes closest to it', () => {
  const features = [
    { feature: 'calm', drifted: false, score: 0, effect_size: 0.001, threshold: 0.1 },
    { feature: 'near', drifted: false, score: 0, effect_size: -0.09, threshold: 0.1 },
    { feature: 'moved', drifted: true, score: 0.3 },
    { feature: 'moved far', drifted: true, score: 0.7 },
  ];
  expect(driftFeatures({ features, columns: [] }).map(({ feature }) => feature)).toEqual([
    'moved far',
    'moved',
    'near',
    'calm',
  ]);
});

it('joins both distributions by name, and shows those that nothing is compared with', () => {
  const features = [
    {
      feature: 'gender',
      drifted: false,
      score: 0,
      statistics: { psi: 0.1, chi_square: { statistic: 7, p_value: 0 }, odd: 'x' },
    },
  ];
  const [gender, region] = driftFeatures({ features, columns: [column('gender'), column('region')] });
  expect(gender).toMatchObject({
    statistics: [
      ['psi', 0.1],
      ['chi_square', 7],
    ],
    column: { feature: 'gender' },
  });
  expect(region).toMatchObject({
    feature: 'region',
    description: 'region of clients',
    drifted: false,
    column: { feature: 'region' },
  });
});

it('leaves out what is no feature', () => {
  expect(driftFeatures({ features: [null, 'text', [], { score: 1 }], columns: [] })).toEqual([]);
});
