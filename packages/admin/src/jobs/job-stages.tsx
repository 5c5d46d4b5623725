import ExpandIcon from '@mui/icons-material/ExpandMore';
import { Accordion, AccordionDetails, AccordionSummary, Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { FileList } from '../display/file-list.tsx';
import { Duration, useNow } from '../display/moment.tsx';
import { ShareBar } from '../display/share-bar.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import type { JobDetails } from './job-resource.ts';
import { secondsOf } from './job-time.ts';
import { useJobWords } from './job-words.ts';
import { ParameterTable } from './parameter-table.tsx';
import { useStageName } from './stage-name.ts';

type Stage = JobDetails['stages'][number];

const COLORS = {
  completed: 'success.main',
  reused: 'success.main',
  running: 'info.main',
  failed: 'error.main',
} as const;

/** A strip of the whole job, and each stage below with what it left behind. */
export function JobStages({ job }: { readonly job: JobDetails }) {
  const translate = useTranslate();
  if (job.stages.length === 0) {
    return <Typography color="textSecondary">{translate('jobs.waiting_stages')}</Typography>;
  }
  return (
    <>
      <StageStrip stages={job.stages} />
      {job.stages.map((stage) => (
        <StageRow key={stage.id} stage={stage} />
      ))}
    </>
  );
}

function StageStrip({ stages }: { readonly stages: readonly Stage[] }) {
  return (
    <Box sx={{ display: 'flex', gap: '3px', mb: 2 }} aria-hidden="true">
      {stages.map(({ id, status, progress }) => {
        const share = status === 'running' ? progress : 1;
        const color = status in COLORS ? COLORS[status as keyof typeof COLORS] : 'divider';
        return (
          <Box key={id} sx={{ flex: 1, height: 10, borderRadius: 1, bgcolor: 'divider', overflow: 'hidden' }}>
            <Box sx={{ width: `${share * 100}%`, height: '100%', bgcolor: color, transition: 'width .3s' }} />
          </Box>
        );
      })}
    </Box>
  );
}

function StageRow({ stage }: { readonly stage: Stage }) {
  const now = useNow();
  const translate = useTranslate();
  const { said, failure } = useJobWords();
  const name = useStageName()(stage.name);
  const hasMore = stage.error !== null || stage.artifacts.length > 0 || isFull(stage.summary);
  return (
    <Accordion disableGutters elevation={0} disabled={!hasMore && stage.status === 'pending'} data-stage={stage.name}>
      <AccordionSummary expandIcon={hasMore ? <ExpandIcon /> : <Box sx={{ width: 24 }} />}>
        <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', flexWrap: 'wrap', width: '100%', pr: 1 }}>
          <Typography component="span" sx={{ fontWeight: 600, minWidth: 110 }}>
            {name}
          </Typography>
          <StatusChip status={stage.status} />
          <Typography component="span" variant="body2" color="textSecondary" sx={{ flex: 1, minWidth: 100 }}>
            {said(stage.message)}
          </Typography>
          {stage.status === 'running' ? (
            <Box sx={{ width: { xs: '100%', sm: 220 } }}>
              <ShareBar share={stage.progress} label={name} etaSeconds={stage.etaSeconds} />
            </Box>
          ) : (
            <Typography component="span" variant="body2">
              <Duration seconds={secondsOf(stage, now)} />
            </Typography>
          )}
        </Box>
      </AccordionSummary>
      {hasMore && (
        <AccordionDetails>
          {stage.error && <Typography color="error">{failure(stage.error)}</Typography>}
          {isFull(stage.summary) && <ParameterTable columns={[stage.summary]} empty="" />}
          {stage.artifacts.length > 0 && (
            <>
              <Typography variant="subtitle2" component="h3" sx={{ mt: 1 }}>
                {translate('jobs.files')}
              </Typography>
              <FileList files={stage.artifacts} />
            </>
          )}
        </AccordionDetails>
      )}
    </Accordion>
  );
}

function isFull(summary: unknown): boolean {
  return typeof summary === 'object' && summary !== null && Object.keys(summary).length > 0;
}
