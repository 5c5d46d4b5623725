import { Box, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { Moment } from '../display/moment.tsx';
import { number } from '../display/numbers.ts';
import { Panel } from '../display/panel.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import type { SystemStatus } from './status-history.ts';

const NOW = ['pending', 'running', 'paused'] as const;
const LAST_HOUR = ['completed', 'failed', 'cancelled'] as const;

/** Jobs of the whole service by state; each leads to those jobs. */
export function QueuePanel({ status: { queue } }: { readonly status: SystemStatus }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const counts = (states: readonly ((typeof NOW)[number] | (typeof LAST_HOUR)[number])[]) =>
    states.map((state) => (
      <Box
        key={state}
        component={Link}
        to={`/jobs?filter=${encodeURIComponent(JSON.stringify({ status: [state] }))}`}
        data-queue={state}
        sx={{ display: 'flex', alignItems: 'center', gap: 1, color: 'inherit', textDecoration: 'none' }}
      >
        <Typography variant="h5" component="span" sx={{ fontVariantNumeric: 'tabular-nums' }}>
          {number(queue[state], locale)}
        </Typography>
        <StatusChip status={state} />
      </Box>
    ));
  const row = { display: 'flex', gap: 3, rowGap: 1, flexWrap: 'wrap' };
  return (
    <Panel title={translate('system.queue.title')}>
      <Box sx={{ display: 'flex', gap: 4, rowGap: 2, flexWrap: 'wrap' }}>
        <Box>
          <Typography variant="body2" color="textSecondary" component="div">
            {translate('system.queue.now')}
            {queue.waitingSince && (
              <>
                {', '}
                {translate('system.queue.waiting')} <Moment at={queue.waitingSince} />
              </>
            )}
          </Typography>
          <Box sx={row}>{counts(NOW)}</Box>
        </Box>
        <Box>
          <Typography variant="body2" color="textSecondary">
            {translate('system.queue.last_hour')}
          </Typography>
          <Box sx={row}>{counts(LAST_HOUR)}</Box>
        </Box>
      </Box>
    </Panel>
  );
}
