import { Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Panel } from '../display/panel.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { useSystem } from './use-overview.ts';

/** Whether the service can do its work: each of its own checks. */
export function HealthPanel() {
  const translate = useTranslate();
  const { data } = useSystem();
  return (
    <Panel title={translate('overview.health.title')}>
      {data?.systemStatus.readiness.checks.map(({ name, status, message }) => (
        <Box key={name} sx={{ display: 'flex', gap: 1.5, alignItems: 'center', py: 0.5, flexWrap: 'wrap' }}>
          <Typography sx={{ flex: '1 1 100px' }}>{name}</Typography>
          <Typography variant="body2" color="textSecondary" sx={{ flex: '2 1 140px', overflowWrap: 'anywhere' }}>
            {message}
          </Typography>
          <StatusChip status={status} />
        </Box>
      ))}
    </Panel>
  );
}
