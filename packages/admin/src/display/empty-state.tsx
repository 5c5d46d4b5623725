import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly title: string;
  /** What belongs here and how it gets here. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** Instead of an empty list: what would be here, and what to do to have it. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <Box sx={{ textAlign: 'center', py: 6, px: 2, maxWidth: 560, mx: 'auto' }}>
      <Typography variant="h6" component="h2" gutterBottom>
        {title}
      </Typography>
      <Typography color="textSecondary" component="div" sx={{ mb: 2 }}>
        {children}
      </Typography>
      {action}
    </Box>
  );
}
