import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { parameterRows } from './parameters.ts';

export interface ParameterTableProps {
  readonly columns: readonly unknown[];
  readonly heads?: readonly string[];
  /** Instead of a table without rows. */
  readonly empty: string;
  readonly onlyDifferences?: boolean;
}

export function ParameterTable({ columns, heads, empty, onlyDifferences = false }: ParameterTableProps) {
  const rows = parameterRows(columns).filter(({ differs }) => differs || !onlyDifferences);
  if (rows.length === 0) return <Typography color="textSecondary">{empty}</Typography>;
  return (
    <Table size="small">
      {heads && (
        <TableHead>
          <TableRow>
            <TableCell component="td" />
            {heads.map((head) => (
              <TableCell key={head}>{head}</TableCell>
            ))}
          </TableRow>
        </TableHead>
      )}
      <TableBody>
        {rows.map(({ name, values, differs }) => (
          <TableRow key={name} selected={differs}>
            <TableCell
              component="th"
              scope="row"
              sx={{ color: 'text.secondary', width: '40%', overflowWrap: 'anywhere' }}
            >
              {name}
            </TableCell>
            {values.map((value, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name and never move
              <TableCell key={at} sx={{ overflowWrap: 'anywhere' }}>
                {value ?? '—'}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
