import { Card, Stack, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { SidewaysScroll } from './sideways-scroll.tsx';

export interface PanelProps {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under a heading. What is too wide for it scrolls inside. */
export function Panel({ title, action, children }: PanelProps) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id} sx={{ p: 2, minWidth: 0 }}>
      <Stack
        direction="row"
        sx={{ justifyContent: 'space-between', alignItems: 'center', mb: 1, gap: 1, flexWrap: 'wrap' }}
      >
        <Typography id={id} variant="h6" component="h2">
          {title}
        </Typography>
        {action}
      </Stack>
      <SidewaysScroll label={title}>{children}</SidewaysScroll>
    </Card>
  );
}
