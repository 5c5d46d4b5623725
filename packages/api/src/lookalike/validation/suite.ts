/** The suite of a version: THE LIST of its parts. */
import type { ExpectationConfig } from '../../quality/expectation.ts';
import { columnChecks } from './column-checks.ts';
import { dateChecks } from './date-checks.ts';
import { deliveryChecks } from './delivery-checks.ts';
import { distributionChecks } from './distribution-checks.ts';
import { relationChecks } from './relation-checks.ts';
import type { SuiteContext } from './suite-context.ts';
import { valueChecks } from './value-checks.ts';

const PARTS = [deliveryChecks, columnChecks, valueChecks, dateChecks, relationChecks, distributionChecks];

export function buildSuite(context: SuiteContext): ExpectationConfig[] {
  return PARTS.flatMap((part) => part(context));
}
