/** THE LIST of Evidently's tests. Left out, and why: docs/drift.md. */
import { anderson } from './anderson.ts';
import { chisquare } from './chisquare.ts';
import { cramerVonMises } from './cramer-von-mises.ts';
import { energyDistance } from './energy-distance.ts';
import { eppsSingleton } from './epps-singleton.ts';
import { fisherExact } from './fisher-exact.ts';
import { gTest } from './g-test.ts';
import { hellinger } from './hellinger.ts';
import { jensenshannon } from './jensenshannon.ts';
import { klDiv } from './kl-div.ts';
import { ks } from './ks.ts';
import { mannWhitney } from './mann-whitney.ts';
import { psi } from './psi.ts';
import { type ColumnSamples, pooled } from './samples.ts';
import type { StatTest } from './stat-test.ts';
import { tTest } from './t-test.ts';
import { tvd } from './tvd.ts';
import { wasserstein } from './wasserstein.ts';
import { zTest } from './z-test.ts';

export const STAT_TESTS: readonly StatTest[] = [
  anderson,
  chisquare,
  cramerVonMises,
  energyDistance,
  eppsSingleton,
  fisherExact,
  gTest,
  hellinger,
  jensenshannon,
  klDiv,
  ks,
  mannWhitney,
  psi,
  tTest,
  tvd,
  wasserstein,
  zTest,
];

/** Above this many reference values everything is significant, so that distances are asked instead of p-values. */
const SMALL = 1000;

/** Evidently's choice by the column's type, the reference's size and the number of distinct values of both samples. */
export function defaultStatTest(samples: ColumnSamples): StatTest {
  const distinct = new Set(pooled(samples)).size;
  const many = samples.type === 'num' && distinct > 5;
  if (samples.reference.length > SMALL) return many ? wasserstein : jensenshannon;
  if (many) return ks;
  return distinct > 2 ? chisquare : zTest;
}
