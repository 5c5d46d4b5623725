import { List, type ListProps } from 'react-admin';
import { KeysetPagination } from './keyset-pagination.tsx';

/** A list as the console has them: newest first, by keyset pages. What is given stands in place of that. */
export function RecordList({ children, ...given }: ListProps) {
  return (
    <List
      sort={{ field: 'createdAt', order: 'DESC' }}
      perPage={25}
      pagination={<KeysetPagination />}
      exporter={false}
      actions={false}
      {...given}
    >
      {children}
    </List>
  );
}
