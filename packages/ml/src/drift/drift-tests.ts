/** The statistics of this folder as entries of the list: none has parameters, their thresholds belong to the verdict. */
import { z } from 'zod';
import { defineDriftTest } from '../estimator.ts';
import { chiSquare } from './chi-square.ts';
import { jensenShannonDistance } from './jensen-shannon.ts';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { populationStabilityIndex } from './psi.ts';
import { normedWasserstein } from './wasserstein.ts';

const params = z.object({});

export const psiTest = defineDriftTest({
  name: 'psiTest',
  kind: 'drift_test',
  title: 'Population stability index',
  params,
  bins: 'categories',
  compare: (samples) => ({ statistic: populationStabilityIndex(samples) }),
});

export const jensenShannonTest = defineDriftTest({
  name: 'jensenShannonTest',
  kind: 'drift_test',
  title: 'Jensen-Shannon distance',
  params,
  bins: 'categories',
  compare: (samples) => ({ statistic: jensenShannonDistance(samples) }),
});

export const chiSquareTest = defineDriftTest({
  name: 'chiSquareTest',
  kind: 'drift_test',
  title: 'Chi-square of shares',
  params,
  bins: 'categories',
  compare: (samples) => chiSquare(samples),
});

export const kolmogorovSmirnovTest = defineDriftTest({
  name: 'kolmogorovSmirnovTest',
  kind: 'drift_test',
  title: 'Kolmogorov-Smirnov',
  params,
  bins: 'steps',
  compare: (samples) => kolmogorovSmirnov(samples),
});

export const wassersteinTest = defineDriftTest({
  name: 'wassersteinTest',
  kind: 'drift_test',
  title: 'Wasserstein distance over the standard deviation',
  params,
  bins: 'numbers',
  compare: (samples) => ({ statistic: normedWasserstein(samples) }),
});
