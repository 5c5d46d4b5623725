/** THE LIST of expectations that a suite may use; the runner finds them by their type. */
import { batchesComplete } from './expectations/batches-complete.ts';
import { between } from './expectations/between.ts';
import { castable } from './expectations/castable.ts';
import { covers } from './expectations/covers.ts';
import { mostCommonShare, uniqueValueCount } from './expectations/distinct-values.ts';
import { inSet } from './expectations/in-set.ts';
import { inTable } from './expectations/in-table.ts';
import { matchRegex } from './expectations/match-regex.ts';
import { medianDay } from './expectations/median.ts';
import { notNull } from './expectations/not-null.ts';
import { pairAssociation } from './expectations/pair-association.ts';
import { pairGreater } from './expectations/pair-greater.ts';
import { present } from './expectations/present.ts';
import { rowCount } from './expectations/row-count.ts';
import { compoundUnique, unique } from './expectations/unique.ts';

export const EXPECTATIONS = [
  present,
  batchesComplete,
  rowCount,
  notNull,
  castable,
  inSet,
  matchRegex,
  between,
  medianDay,
  pairGreater,
  unique,
  compoundUnique,
  inTable,
  covers,
  uniqueValueCount,
  mostCommonShare,
  pairAssociation,
] as const;
