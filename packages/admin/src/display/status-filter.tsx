import { SelectArrayInput } from 'react-admin';

/** A filter of a list by some of the states; `words` is where their names are. */
export function statusFilter(statuses: readonly string[], words = 'display.status') {
  const choices = statuses.map((id) => ({ id, name: `${words}.${id}` }));
  return <SelectArrayInput key="status" source="status" alwaysOn choices={choices} />;
}
