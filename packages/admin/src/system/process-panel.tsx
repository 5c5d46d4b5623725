import { Box, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { Facts } from '../display/facts.tsx';
import { Moment } from '../display/moment.tsx';
import { bytes } from '../display/numbers.ts';
import { Panel } from '../display/panel.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { usePipelineName } from '../jobs/pipeline-name.tsx';
import type { SystemStatus } from './status-history.ts';

type Process = SystemStatus['processes'][number];

/** Those that serve and those that take jobs, wherever they run. */
export function ProcessPanel({ status: { processes } }: { readonly status: SystemStatus }) {
  const translate = useTranslate();
  return (
    <Panel title={translate('system.processes.title')}>
      {processes.length === 0 && <Typography color="textSecondary">{translate('system.processes.none')}</Typography>}
      {processes.map((process) => (
        <ProcessFacts key={process.id} process={process} />
      ))}
    </Panel>
  );
}

function ProcessFacts({ process }: { readonly process: Process }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const nameOf = usePipelineName();
  const { role, host, pid, alive, seenAt, startedAt, memoryBytes, commit, jobs } = process;
  const facts = [
    { label: translate('system.processes.seen'), value: <Moment at={seenAt} /> },
    { label: translate('system.started'), value: <Moment at={startedAt} /> },
    { label: translate('system.memory.resident'), value: bytes(memoryBytes, locale) },
    { label: translate('system.commit'), value: commit ? <code>{commit.slice(0, 10)}</code> : '—' },
    {
      label: translate('system.processes.jobs'),
      value:
        jobs.length === 0
          ? '—'
          : jobs.map(({ id, pipeline }) => (
              <Link key={id} to={`/jobs/${encodeURIComponent(id)}/show`} style={{ display: 'block', color: 'inherit' }}>
                {nameOf(pipeline)}
              </Link>
            )),
    },
  ];
  return (
    <Box
      data-process={role}
      sx={{ py: 1.5, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0, pt: 0 } }}
    >
      <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', mb: 1, flexWrap: 'wrap' }}>
        <Typography variant="subtitle2" component="h3">
          {translate(`system.processes.role.${role}`)}
        </Typography>
        <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
          {host}, {translate('system.processes.pid', { pid })}
        </Typography>
        <StatusChip
          status={alive ? 'ok' : 'failed'}
          label={translate(alive ? 'system.processes.alive' : 'system.processes.silent')}
        />
      </Box>
      <Facts facts={facts} />
    </Box>
  );
}
