import { z } from 'zod';
import { defineCalibrator } from '../estimator.ts';
import { fitPlatt, plattParams, plattProbability } from './platt.ts';

export const plattScaling = defineCalibrator({
  name: 'plattScaling',
  kind: 'calibrator',
  title: 'Platt scaling',
  params: plattParams,
  modelVersion: 1,
  model: z.object({ slope: z.number().positive(), intercept: z.number() }),
  fit: (scores, labels, params) => fitPlatt(scores, labels, params),
  probability: plattProbability,
});
