import { Box, Skeleton, Stack } from '@mui/material';
import { Title } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';
import { ChecksPanel } from './checks-panel.tsx';
import { LatencyPanel } from './latency-panel.tsx';
import { ProcessPanel } from './process-panel.tsx';
import { QueuePanel } from './queue-panel.tsx';
import { ServicePanel } from './service-panel.tsx';
import { useSystemStatus } from './use-system-status.ts';

const TWO = { display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' } };

/** How the service is; all of it moves by itself. */
export default function System() {
  const { status, history, error, refetch } = useSystemStatus();
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title="system.title" />
      {error && <FailureNote error={error} onRetry={() => refetch()} />}
      {!status && !error && <Skeleton variant="rounded" height={320} />}
      {status && (
        <>
          <Box sx={TWO}>
            <ServicePanel status={status} />
            <ChecksPanel status={status} />
          </Box>
          <QueuePanel status={status} />
          <ProcessPanel status={status} />
          <LatencyPanel history={history} />
        </>
      )}
    </Stack>
  );
}
