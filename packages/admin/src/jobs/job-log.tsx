import { Box, Button, MenuItem, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';
import { Panel } from '../display/panel.tsx';
import type { JobDetails } from './job-resource.ts';
import { LEVELS, type Level, type Line, useJobLog } from './use-job-log.ts';

const OVER = new Set(['completed', 'failed', 'cancelled']);
const COLORS = { debug: 'text.secondary', info: 'text.primary', warning: 'warning.main', error: 'error.main' } as const;

/** What the job has said, the newest line last. */
export function JobLogPanel({ job }: { readonly job: JobDetails }) {
  const translate = useTranslate();
  const [level, setLevel] = useState<Level>('info');
  const log = useJobLog(job.id, level, !OVER.has(job.status));
  const lines = log.data?.pages.toReversed().flatMap((page) => page.lines);
  const choice = (
    <TextField
      select
      label={translate('jobs.log.level')}
      value={level}
      onChange={({ target }) => setLevel(LEVELS.find((each) => each === target.value) ?? 'info')}
      sx={{ minWidth: 140 }}
    >
      {LEVELS.map((each) => (
        <MenuItem key={each} value={each}>
          {translate(`jobs.log.levels.${each}`)}
        </MenuItem>
      ))}
    </TextField>
  );
  return (
    <Panel title={translate('jobs.log.title')} action={choice}>
      {log.error && <FailureNote error={log.error} onRetry={() => log.refetch()} />}
      {log.hasNextPage && (
        <Button size="small" onClick={() => log.fetchNextPage()} disabled={log.isFetchingNextPage}>
          {translate('jobs.log.older')}
        </Button>
      )}
      {lines?.length === 0 && <Typography color="textSecondary">{translate('jobs.log.none')}</Typography>}
      {lines && lines.length > 0 && (
        // A keyboard reaches what it is to scroll.
        <Box
          role="log"
          aria-label={translate('jobs.log.title')}
          tabIndex={0}
          sx={{ maxHeight: 320, overflow: 'auto', fontFamily: 'monospace', fontSize: 12.5, lineHeight: 1.6 }}
        >
          {lines.map((line) => (
            <LogLine key={line.cursor} line={line} />
          ))}
        </Box>
      )}
    </Panel>
  );
}

function LogLine({ line: { at, level, stage, message, fields } }: { readonly line: Line }) {
  const [locale] = useLocaleState();
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(new Date(at));
  const facts = Object.entries(typeof fields === 'object' && fields !== null ? fields : {});
  return (
    <Box sx={{ display: 'flex', gap: 1.5, color: COLORS[level] }} data-level={level}>
      <Box component="time" dateTime={at} sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
        {time}
      </Box>
      <Box sx={{ overflowWrap: 'anywhere' }}>
        {stage && <b>{stage} </b>}
        {message}
        {facts.length > 0 && (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {facts.map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)}
          </Box>
        )}
      </Box>
    </Box>
  );
}
