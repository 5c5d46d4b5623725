import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';

/** Columns that are drawn: the rest of a wide table is in its profile. */
const SHOWN = 50;

export interface PreviewTableProps {
  readonly columns: readonly string[];
  /** Values in the order of the columns. */
  readonly rows: readonly unknown[];
}

export function PreviewTable({ columns, rows }: PreviewTableProps) {
  return (
    <Table size="small">
      <TableHead>
        <TableRow>
          {columns.slice(0, SHOWN).map((name) => (
            <TableCell key={name} sx={{ whiteSpace: 'nowrap' }}>
              {name}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row of a file is its place
          <TableRow key={at}>
            {columns.slice(0, SHOWN).map((name, column) => (
              <TableCell
                key={name}
                sx={{ maxWidth: 240, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
              >
                {cell(Array.isArray(row) ? row[column] : undefined)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
