import { DomainError } from '../errors.ts';
import type { ClusteringParams } from './clustering-params.ts';

type Choice = Pick<ClusteringParams, 'columns' | 'label_column' | 'feature_groups' | 'column_groups'>;

/**
 * The columns that rows are compared by: those that were named, of them those of the chosen groups, never the known classes.
 * @throws DomainError INVALID_INPUT naming a column that is not there, or groups that have none.
 */
export function featureColumns<Column extends { readonly name: string }>(
  columns: readonly Column[],
  choice: Choice,
): readonly Column[] {
  const { columns: wanted, label_column, feature_groups, column_groups } = choice;
  for (const name of [...(wanted ?? []), ...(label_column === null ? [] : [label_column])]) {
    if (columns.some((column) => column.name === name)) continue;
    throw wrong(`The data set has no column ${name}; it has ${columns.map((column) => column.name).join(', ')}`, name);
  }
  const used = columns.filter(({ name }) => name !== label_column && (wanted === null || wanted.includes(name)));
  if (feature_groups === null) return used;
  const chosen = used.filter(({ name }) => {
    const group = column_groups?.[name];
    return group != null && feature_groups.includes(group);
  });
  if (chosen.length > 0) return chosen;
  throw wrong(
    `No column belongs to ${feature_groups.join(', ')}; say which do by setColumnRoles, or choose other groups`,
    feature_groups.join(', '),
  );
}

const wrong = (message: string, column: string) => new DomainError('INVALID_INPUT', message, { details: { column } });
