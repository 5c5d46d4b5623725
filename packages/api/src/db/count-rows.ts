import { type EntityName, type FilterQuery, raw } from '@mikro-orm/core';
import { z } from 'zod';
import type { Em } from './orm.ts';

export interface RowCount {
  readonly count: number;
  /** False for an estimate, which is above the bound. */
  readonly exact: boolean;
}

/** Rows that are counted one by one: some milliseconds at the most, however many there are. */
export const COUNTED_EXACTLY = 10_000;

const plan = z.tuple([z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })]);

/** Where the planner expects so many times the bound, nothing is counted. */
const CLEARLY_MORE = 3;

/** How many rows meet the conditions: counted up to a bound, and beyond it what the planner expects by its statistics. */
export async function countRows<T extends object>(
  em: Em,
  entity: EntityName<T>,
  where: FilterQuery<T>,
  bound = COUNTED_EXACTLY,
): Promise<RowCount> {
  const query = () =>
    em
      .createQueryBuilder(entity, 'counted')
      .select(raw('1 as one'))
      .where(where as never);
  const all = query().toQuery();
  const [explained] = await em.execute<Record<string, unknown>[]>(`explain (format json) ${all.sql}`, [...all.params]);
  const told = explained?.['QUERY PLAN'];
  const [{ Plan }] = plan.parse(typeof told === 'string' ? JSON.parse(told) : told);
  const expected = Math.round(Plan['Plan Rows']);
  if (expected > CLEARLY_MORE * bound) return { count: expected, exact: false };
  const some = query()
    .limit(bound + 1)
    .toQuery();
  const [row] = await em.execute<{ count: string }[]>(`select count(*) as count from (${some.sql}) as bounded`, [
    ...some.params,
  ]);
  const count = Number(row?.count ?? 0);
  return count <= bound ? { count, exact: true } : { count: Math.max(expected, count), exact: false };
}
