/** Evidently's tests, out of the list of all algorithms. Left out, and why: docs/drift.md. */
import * as algorithms from '../../algorithms.ts';
import type { AnyAlgorithm } from '../../estimator.ts';
import { type ColumnSamples, distinctUpTo } from './samples.ts';
import type { StatTest } from './stat-test.ts';

export const STAT_TESTS: readonly StatTest[] = Object.values<AnyAlgorithm>(algorithms).filter(
  (algorithm): algorithm is StatTest => algorithm.kind === 'stat_test',
);

/** Above this many reference values everything is significant, so that distances are asked instead of p-values. */
const SMALL = 1000;

/** Evidently's choice by the column's type, the reference's size and the number of distinct values of both samples. */
export function defaultStatTest(samples: ColumnSamples): StatTest {
  const distinct = distinctUpTo([samples.reference, samples.current], 6);
  const many = samples.type === 'num' && distinct > 5;
  if (samples.reference.size > SMALL) return many ? algorithms.wasserstein : algorithms.jensenshannon;
  if (many) return algorithms.ks;
  return distinct > 2 ? algorithms.chisquare : algorithms.z;
}
