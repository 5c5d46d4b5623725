import { Box, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { Facts } from '../display/facts.tsx';
import { Duration, Moment } from '../display/moment.tsx';
import { bytes } from '../display/numbers.ts';
import { Panel } from '../display/panel.tsx';
import { ShareBar } from '../display/share-bar.tsx';
import type { SystemStatus } from './status-history.ts';

/** Of the process that answers. */
export function ServicePanel({ status }: { readonly status: SystemStatus }) {
  const translate = useTranslate();
  const { version, commit, host, startedAt, uptimeSeconds, memory } = status;
  const facts = [
    { label: translate('system.version'), value: version },
    { label: translate('system.commit'), value: commit ? <code>{commit.slice(0, 10)}</code> : '—' },
    { label: translate('system.uptime'), value: <Duration seconds={uptimeSeconds} /> },
    { label: translate('system.started'), value: <Moment at={startedAt} /> },
    { label: translate('system.host'), value: host },
  ];
  return (
    <Panel title={translate('system.service')}>
      <Facts facts={facts} />
      <Typography variant="subtitle2" component="h3" sx={{ mt: 2 }}>
        {translate('system.memory.title')}
      </Typography>
      <Use name="heap" used={memory.heapUsed} of={memory.heapTotal} />
      <Use name="resident" used={memory.rss} of={memory.machineTotal} />
      <Use name="machine" used={memory.machineTotal - memory.machineFree} of={memory.machineTotal} />
    </Panel>
  );
}

interface UseProps {
  readonly name: 'heap' | 'resident' | 'machine';
  readonly used: number;
  readonly of: number;
}

function Use({ name, used, of }: UseProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const label = translate(`system.memory.${name}`);
  return (
    <Box sx={{ py: 0.5 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1, flexWrap: 'wrap' }}>
        <Typography variant="body2">{label}</Typography>
        <Typography variant="body2" color="textSecondary">
          {translate('system.memory.of', { used: bytes(used, locale), total: bytes(of, locale) })}
        </Typography>
      </Box>
      <ShareBar share={of > 0 ? Math.min(1, used / of) : 0} label={label} />
    </Box>
  );
}
