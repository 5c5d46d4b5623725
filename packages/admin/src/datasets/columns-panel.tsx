import { Box, Table, TableBody, TableCell, TableHead, TableRow, TextField, Typography } from '@mui/material';
import { useDeferredValue, useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { number, percent } from '../display/numbers.ts';
import { Panel } from '../display/panel.tsx';
import { columnValue } from './column-value.ts';
import type { DatasetDetails } from './dataset-resource.ts';
import { Histogram } from './histogram.tsx';

type Column = NonNullable<DatasetDetails['table']>['columns'][number];

/** Rows of the table that are drawn at first; wide tables have thousands of columns, and a search finds each. */
const SHOWN = 100;

export interface ColumnsPanelProps {
  readonly columns: readonly Column[];
  readonly rows: number;
}

/** What is in each column: type, gaps, how many different values, and how they are distributed. */
export function ColumnsPanel({ columns, rows }: ColumnsPanelProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim().toLocaleLowerCase(locale));
  const found = columns.filter(({ name }) => name.toLocaleLowerCase(locale).includes(wanted));
  const heads = ['type', 'missing', 'distinct', 'values'] as const;
  return (
    <Panel
      title={`${translate('datasets.columns')} · ${number(columns.length, locale)}`}
      action={
        <TextField
          size="small"
          label={translate('datasets.find_column')}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          data-search
        />
      }
    >
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{translate('resources.datasets.fields.name')}</TableCell>
            {heads.map((head) => (
              <TableCell key={head} align={head === 'missing' || head === 'distinct' ? 'right' : 'left'}>
                {translate(`datasets.column.${head}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {found.slice(0, SHOWN).map((column) => (
            <ColumnRow key={column.name} column={column} rows={rows} />
          ))}
        </TableBody>
      </Table>
      {found.length === 0 && <Typography color="textSecondary">{translate('display.no_matches')}</Typography>}
      {found.length > SHOWN && (
        <Typography color="textSecondary" sx={{ mt: 1 }}>{`… ${found.length - SHOWN}`}</Typography>
      )}
    </Panel>
  );
}

function ColumnRow({ column, rows }: { readonly column: Column; readonly rows: number }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { name, type, missing, distinct, exact, numbers } = column;
  const count = number(distinct, locale);
  return (
    <TableRow>
      <TableCell component="th" scope="row" sx={{ fontWeight: 600, overflowWrap: 'anywhere', minWidth: 100 }}>
        {name}
      </TableCell>
      <TableCell>{translate(`datasets.type.${type}`)}</TableCell>
      <TableCell align="right">{missing === 0 ? '0' : percent(missing / Math.max(1, rows), locale)}</TableCell>
      <TableCell align="right">{exact ? count : translate('datasets.column.about', { count })}</TableCell>
      <TableCell>
        <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', minWidth: 240 }}>
          {numbers && <Histogram counts={numbers.histogram} label={histogramLabel(column)} />}
          <Typography variant="body2" color="textSecondary">
            <ColumnSummary column={column} rows={rows} />
          </Typography>
        </Box>
      </TableCell>
    </TableRow>
  );

  function histogramLabel({ numbers: values }: Column): string {
    if (!values) return name;
    const [min, max] = [columnValue(values.min, type, locale), columnValue(values.max, type, locale)];
    return translate('datasets.column.histogram', { name, min, max });
  }
}

function ColumnSummary({ column, rows }: { readonly column: Column; readonly rows: number }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { numbers, top, type } = column;
  if (numbers && type !== 'boolean') {
    const show = (value: number) => columnValue(value, type, locale);
    const range = translate('datasets.column.from_to', { min: show(numbers.min), max: show(numbers.max) });
    if (type === 'date' || numbers.standardDeviation === null) return range;
    const deviation = number(numbers.standardDeviation, locale);
    return `${range}; ${translate('datasets.column.mean', { mean: number(numbers.mean, locale), deviation })}`;
  }
  if (top.length === 0) return translate('datasets.all_values_missing');
  const values = top
    .slice(0, 4)
    .map(({ value, count }) => `${value} (${percent(count / Math.max(1, rows), locale)})`)
    .join(', ');
  return translate('datasets.column.most', { values });
}
