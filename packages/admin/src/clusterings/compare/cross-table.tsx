import { Table, TableBody, TableCell, TableHead, TableRow, Typography, useTheme } from '@mui/material';
import { alpha } from '@mui/material/styles';
import { useLocaleState, useTranslate } from 'react-admin';
import { number } from '../../display/numbers.ts';
import { ClusterName } from '../cluster-name.tsx';
import type { Labels } from './clustering-compare.tsx';

/** How many rows are in which cluster of either; corresponding clusters are marked. */
export function CrossTable({ labels: { table, matches } }: { readonly labels: Labels }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { palette } = useTheme();
  const firsts = [...new Set(table.map(({ first }) => first))].sort((a, b) => a - b);
  const seconds = [...new Set(table.map(({ second }) => second))].sort((a, b) => a - b);
  const rowsOf = (first: number, second: number) =>
    table.find((pair) => pair.first === first && pair.second === second)?.rows ?? 0;
  const most = Math.max(1, ...table.map(({ rows }) => rows));
  return (
    <Table size="small" sx={{ mt: 2, width: 'auto' }}>
      <caption>
        <Typography variant="caption">{translate('clusterings.compare.cross')}</Typography>
      </caption>
      <TableHead>
        <TableRow>
          <TableCell>
            {translate('jobs.compare.first')} \ {translate('jobs.compare.second')}
          </TableCell>
          {seconds.map((second) => (
            <TableCell key={second} align="right">
              <ClusterName label={second} />
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {firsts.map((first) => (
          <TableRow key={first}>
            <TableCell component="th" scope="row">
              <ClusterName label={first} />
            </TableCell>
            {seconds.map((second) => {
              const rows = rowsOf(first, second);
              const isMatch = matches.some((match) => match.first === first && match.second === second);
              return (
                <TableCell
                  key={second}
                  align="right"
                  sx={{
                    bgcolor: alpha(palette.primary.main, (0.35 * rows) / most),
                    fontWeight: isMatch ? 700 : 400,
                    outline: isMatch ? `1px solid ${palette.primary.main}` : 'none',
                  }}
                >
                  {rows === 0 ? '' : number(rows, locale)}
                </TableCell>
              );
            })}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
