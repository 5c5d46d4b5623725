import { Box, Stack } from '@mui/material';
import { Title } from 'react-admin';
import { HealthPanel } from './health-panel.tsx';
import { JobsPanel } from './jobs-panel.tsx';
import { StateCards } from './state-cards.tsx';
import { SystemCards } from './system-cards.tsx';
import { TrendsPanel } from './trends-panel.tsx';
import { VersionsPanel } from './versions-panel.tsx';

/** What is going on, on one page; all of it moves by itself. */
export default function Overview() {
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title="overview.title" />
      <StateCards />
      <SystemCards />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: '3fr 2fr' } }}>
        <JobsPanel />
        <HealthPanel />
      </Box>
      <VersionsPanel />
      <TrendsPanel />
    </Stack>
  );
}
