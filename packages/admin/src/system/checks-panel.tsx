import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { Panel } from '../display/panel.tsx';
import { type Status, StatusChip } from '../display/status-chip.tsx';
import { useCheckWords } from '../overview/check-words.ts';
import type { SystemStatus } from './status-history.ts';

/** What the service needs outside itself, and its own checks. */
export function ChecksPanel({ status: { dependencies, readiness } }: { readonly status: SystemStatus }) {
  const translate = useTranslate();
  const words = useCheckWords();
  return (
    <Panel title={translate('system.dependencies.title')}>
      {dependencies.length === 0 && (
        <Typography color="textSecondary">{translate('system.dependencies.none')}</Typography>
      )}
      {dependencies.map(({ name, up, outages }) => (
        <Line
          key={name}
          name={translate(`system.dependencies.name.${name}`, { _: name })}
          status={up ? 'ok' : 'failed'}
          label={translate(up ? 'system.dependencies.up' : 'system.dependencies.down')}
        >
          {translate('system.dependencies.outages', { smart_count: outages })}
        </Line>
      ))}
      <Typography variant="subtitle2" component="h3" sx={{ mt: 2 }}>
        {translate('system.checks')}
      </Typography>
      {readiness.checks.map(({ name, status, message }) => (
        <Line key={name} name={words.name(name)} status={status}>
          {words.said(message)}
        </Line>
      ))}
    </Panel>
  );
}

interface LineProps {
  readonly name: string;
  readonly status: Status;
  readonly label?: string;
  readonly children: ReactNode;
}

function Line({ name, status, label, children }: LineProps) {
  return (
    <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', py: 0.5, flexWrap: 'wrap' }}>
      <Typography sx={{ flex: '1 1 70px' }}>{name}</Typography>
      <Typography variant="body2" color="textSecondary" sx={{ flex: '2 1 90px', overflowWrap: 'anywhere' }}>
        {children}
      </Typography>
      <StatusChip status={status} {...(label === undefined ? {} : { label })} />
    </Box>
  );
}
