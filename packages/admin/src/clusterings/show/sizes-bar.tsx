import { Box, Typography } from '@mui/material';
import { useLocaleState } from 'react-admin';
import { number, percent } from '../../display/numbers.ts';
import { clusterColor } from '../cluster-color.ts';
import { ClusterName, useClusterName } from '../cluster-name.tsx';

export interface SizesBarProps {
  readonly sizes: readonly { readonly label: number; readonly rows: number }[];
}

/** How the rows are shared out among the clusters: one bar of all, and a name for each part. */
export function SizesBar({ sizes }: SizesBarProps) {
  const [locale] = useLocaleState();
  const nameOf = useClusterName();
  const all = sizes.reduce((sum, { rows }) => sum + rows, 0) || 1;
  return (
    <Box>
      <Box aria-hidden sx={{ display: 'flex', height: 22, borderRadius: 1, overflow: 'hidden', gap: '1px' }}>
        {sizes.map(({ label, rows }) => (
          <Box
            key={label}
            title={nameOf(label)}
            sx={{ flexGrow: rows / all, bgcolor: clusterColor(label), minWidth: 2 }}
          />
        ))}
      </Box>
      <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0, mt: 1, display: 'flex', gap: 2, flexWrap: 'wrap' }}>
        {sizes.map(({ label, rows }) => (
          <Typography component="li" key={label} variant="body2">
            <ClusterName label={label} />{' '}
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {number(rows, locale)} ({percent(rows / all, locale)})
            </Box>
          </Typography>
        ))}
      </Box>
    </Box>
  );
}
