import { Box, Card, Skeleton, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';

export interface StateCardProps {
  readonly title: string;
  readonly value: string;
  readonly waiting: boolean;
  readonly chip?: ReactNode;
  readonly children: ReactNode;
}

/** One thing to know at a glance: its name, its value, and a sentence about it. */
export function StateCard({ title, value, waiting, chip, children }: StateCardProps) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id} sx={{ p: 2, minWidth: 0 }}>
      <Typography id={id} component="h2" variant="body2" color="textSecondary">
        {title}
      </Typography>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, my: 0.5 }}>
        <Typography variant="h5" component="p" sx={{ overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' }}>
          {waiting ? <Skeleton width={80} /> : value}
        </Typography>
        {chip}
      </Box>
      <Typography variant="body2" color="textSecondary" component="div">
        {waiting ? <Skeleton /> : children}
      </Typography>
    </Card>
  );
}

/** As many side by side as fit. */
export function StateGrid({ children }: { readonly children: ReactNode }) {
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))' }}>
      {children}
    </Box>
  );
}
