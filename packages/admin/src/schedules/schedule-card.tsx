import RunIcon from '@mui/icons-material/PlayArrowOutlined';
import { Alert, Box, Button, Card, FormControlLabel, Link as MuiLink, Stack, Switch, Typography } from '@mui/material';
import { DeleteButton, RecordContextProvider, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { May, useMay } from '../access/use-me.tsx';
import { Moment } from '../display/moment.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { succeeded } from '../graphql/failure.ts';
import { usePipelineName } from '../jobs/pipeline-name.tsx';
import { NextTimes } from './next-times.tsx';
import { RunSchedule, SwitchSchedule } from './schedule-documents.ts';
import type { Schedule } from './schedule-resource.ts';
import { useScheduleAction } from './use-schedule-action.ts';

/** One schedule: what, when next, what came of the last times. */
export function ScheduleCard({ schedule }: { readonly schedule: Schedule }) {
  const translate = useTranslate();
  const pipelineName = usePipelineName();
  const may = { change: useMay('updateSchedule'), remove: useMay('deleteSchedule') };
  const { id, name, pipeline, cron, timeZone, enabled, runs, error } = schedule;
  const turn = useScheduleAction(
    async (ask, on: boolean) => succeeded((await ask(SwitchSchedule, { id, enabled: on })).result),
    enabled ? 'schedules.paused' : 'schedules.resumed',
  );
  const run = useScheduleAction<void>(
    async (ask) => succeeded((await ask(RunSchedule, { id })).result),
    'schedules.run.done',
  );
  return (
    <RecordContextProvider value={schedule}>
      <Card component="article" data-schedule={name} sx={{ p: 2, minWidth: 0 }}>
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
          <Box sx={{ flex: 1, minWidth: 180 }}>
            <Typography variant="h6" component="h2">
              {name}
            </Typography>
            <Typography variant="body2" color="textSecondary">
              {pipelineName(pipeline)} · <code>{cron}</code> · {timeZone}
            </Typography>
          </Box>
          {may.change && (
            <FormControlLabel
              control={
                <Switch checked={enabled} disabled={turn.isPending} onChange={(_event, on) => turn.mutate(on)} />
              }
              label={translate(enabled ? 'schedules.on' : 'schedules.off')}
            />
          )}
          <May mutation="runSchedule">
            <Button startIcon={<RunIcon />} disabled={run.isPending} onClick={() => run.mutate()}>
              {translate('schedules.run.label')}
            </Button>
          </May>
          {may.remove && (
            <DeleteButton
              resource="schedules"
              mutationMode="undoable"
              redirect={false}
              successMessage="schedules.removed"
            />
          )}
        </Stack>
        {error && (
          <Alert severity="error" sx={{ mt: 1 }}>
            {translate('schedules.broken', { message: error })}
          </Alert>
        )}
        <Box sx={{ display: 'grid', gap: 2, mt: 1, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
          <NextTimes schedule={schedule} />
          <Box>
            <Typography variant="subtitle2" component="h3">
              {translate('schedules.last')}
            </Typography>
            {runs.length === 0 && <Typography variant="body2">{translate('schedules.no_last')}</Typography>}
            {runs.map((each) => (
              <Stack
                key={each.startedAt}
                direction="row"
                sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap', my: 0.5 }}
              >
                <Typography variant="body2">
                  <Moment at={each.startedAt} />
                </Typography>
                {each.job && (
                  <MuiLink component={Link} to={`/jobs/${encodeURIComponent(each.job.id)}/show`}>
                    <StatusChip status={each.job.status} />
                  </MuiLink>
                )}
                {each.error && (
                  <Typography variant="body2" color="error">
                    {each.error}
                  </Typography>
                )}
                {each.missed > 0 && (
                  <Typography variant="body2" color="textSecondary">
                    {translate('schedules.missed', { smart_count: each.missed })}
                  </Typography>
                )}
              </Stack>
            ))}
          </Box>
        </Box>
      </Card>
    </RecordContextProvider>
  );
}
