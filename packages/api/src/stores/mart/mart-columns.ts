/** Which columns of the tables of a mart are what: by name and type, unless somebody says. */
import { DomainError } from '../../errors.ts';
import type { ColumnProfile } from '../../uploads/profile/column-profile.ts';
import { suggestGroup, wordsOf } from '../feature-groups.ts';

export interface MartColumns {
  /** The column that names the store, called so in every table. */
  readonly key: string;
  /** The day of a sale. */
  readonly date: string;
  /** Numbers of the sales that are summed up. */
  readonly measures: readonly string[];
}

type Columns = readonly Pick<ColumnProfile, 'name' | 'type'>[];

/** Numbers that count days, not goods. */
const CALENDAR = ['day', 'week', 'month', 'year', 'quarter', 'день', 'неделя', 'месяц', 'год', 'квартал'];

const isNumber = ({ type }: Columns[number]) => type === 'integer' || type === 'number';

/**
 * @param tables columns of the sales first, then of the other tables by what they are called.
 * @throws DomainError INVALID_INPUT where a column is not there, or none can be told by its name.
 */
export function martColumns(
  sales: Columns,
  others: Readonly<Record<string, Columns>>,
  said: { readonly key?: string | undefined; readonly date?: string | undefined },
): MartColumns {
  const inAll = (name: string) => Object.values(others).every((columns) => columns.some((one) => one.name === name));
  if (said.key !== undefined) {
    for (const [table, columns] of Object.entries({ sales, ...others }))
      if (!columns.some(({ name }) => name === said.key)) throw wrong(`${table} has no column ${said.key}`, 'key');
  }
  const key = said.key ?? sales.find(({ name }) => suggestGroup(name) === null && inAll(name))?.name;
  if (key === undefined)
    throw wrong('no column that names a store is in every table under the same name; say which is by `key`', 'key');
  const dates = sales.filter(({ type }) => type === 'date');
  if (said.date !== undefined && !dates.some(({ name }) => name === said.date))
    throw wrong(`the sales have no column of dates ${said.date}`, 'date');
  const date = said.date ?? dates[0]?.name;
  if (date === undefined) throw wrong('the sales have no column of dates', 'date');
  const measures = sales
    .filter((column) => isNumber(column) && column.name !== key)
    .filter(({ name }) => !wordsOf(name).some((word) => CALENDAR.includes(word)))
    .map(({ name }) => name);
  if (measures.length === 0) throw wrong('the sales have no numbers to sum up', 'sales');
  return { key, date, measures };
}

const wrong = (message: string, field: string) =>
  new DomainError('INVALID_INPUT', `The mart cannot be made: ${message}`, { details: { field } });
