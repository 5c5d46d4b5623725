import { Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Panel } from '../display/panel.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { useCheckWords } from './check-words.ts';
import { useSystem } from './use-overview.ts';

/** Whether the service can do its work: each of its own checks. */
export function HealthPanel() {
  const translate = useTranslate();
  const words = useCheckWords();
  const { data } = useSystem();
  return (
    <Panel title={translate('overview.health.title')}>
      {data?.systemStatus.readiness.checks.map(({ name, status, message }) => (
        <Box key={name} sx={{ display: 'flex', gap: 1.5, alignItems: 'center', py: 0.5, flexWrap: 'wrap' }}>
          <Typography sx={{ flex: '1 1 100px' }}>{words.name(name)}</Typography>
          <Typography variant="body2" color="textSecondary" sx={{ flex: '2 1 140px', overflowWrap: 'anywhere' }}>
            {words.said(message)}
          </Typography>
          <StatusChip status={status} />
        </Box>
      ))}
    </Panel>
  );
}
