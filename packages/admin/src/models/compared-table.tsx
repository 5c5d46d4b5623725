import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { number } from '../display/numbers.ts';
import { comparedRows } from './named-values.ts';

export interface ComparedTableProps {
  readonly columns: readonly (readonly { readonly key: string; readonly value: string | number }[])[];
  readonly heads?: readonly ReactNode[];
  readonly onlyDifferences?: boolean;
}

/** Names and values, a column for each that is compared; rows that differ are marked by colour and by a word. */
export function ComparedTable({ columns, heads, onlyDifferences = false }: ComparedTableProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const rows = comparedRows<string | number>(columns).filter(({ differs }) => differs || !onlyDifferences);
  if (rows.length === 0) return <Typography color="textSecondary">{translate('models.compare.same')}</Typography>;
  const show = (value: string | number | undefined) =>
    value === undefined ? '—' : typeof value === 'number' ? number(value, locale) : value;
  return (
    <Table size="small">
      {heads && (
        <TableHead>
          <TableRow>
            <TableCell component="td" />
            {heads.map((head, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name and never move
              <TableCell key={at} align="right">
                {head}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
      )}
      <TableBody>
        {rows.map(({ key, values, differs }) => (
          <TableRow key={key} selected={differs} data-differs={differs || undefined}>
            <TableCell component="th" scope="row" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
              {key}
              {differs && <span aria-hidden="true"> ≠</span>}
            </TableCell>
            {values.map((value, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name and never move
              <TableCell key={at} align="right" sx={{ fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>
                {show(value)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
