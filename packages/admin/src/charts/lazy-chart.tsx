import { Box, Button, Skeleton, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { lazy, Suspense, useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { number } from '../display/numbers.ts';
import type { ChartData } from './chart-option.ts';

const Chart = lazy(() => import('./chart.tsx'));

export interface LazyChartProps extends ChartData {
  readonly title: string;
  readonly height?: number;
}

/** A chart, whose library comes when the first one is shown; the same numbers as a table for whoever wants to read them. */
export function LazyChart({ title, height = 220, ...data }: LazyChartProps) {
  const translate = useTranslate();
  const [asTable, setAsTable] = useState(false);
  return (
    <Box component="figure" sx={{ m: 0, mt: 2 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center' }}>
        <Typography component="figcaption" variant="subtitle2">
          {title}
        </Typography>
        <Button size="small" onClick={() => setAsTable(!asTable)}>
          {translate(asTable ? 'display.show_chart' : 'display.show_chart_as_table')}
        </Button>
      </Box>
      {asTable ? (
        <DataTable {...data} />
      ) : (
        <Suspense fallback={<Skeleton variant="rounded" height={height} />}>
          <Chart title={title} height={height} {...data} />
        </Suspense>
      )}
    </Box>
  );
}

function DataTable({ x, series }: ChartData) {
  const [locale] = useLocaleState();
  return (
    <Box sx={{ maxHeight: 300, overflow: 'auto' }}>
      <Table size="small" stickyHeader>
        <TableHead>
          <TableRow>
            <TableCell component="td" />
            {series.map(({ name }) => (
              <TableCell key={name} align="right">
                {name}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {x.map((label, at) => (
            <TableRow key={label}>
              <TableCell component="th" scope="row">
                {typeof label === 'number' ? number(label, locale) : label}
              </TableCell>
              {series.map(({ name, values }) => (
                <TableCell key={name} align="right">
                  {valueText(values[at], locale)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

const valueText = (value: number | null | undefined, locale: string) => (value == null ? '—' : number(value, locale));
