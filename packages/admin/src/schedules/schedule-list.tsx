import AddIcon from '@mui/icons-material/Add';
import { Button, Stack } from '@mui/material';
import { useState } from 'react';
import { ListBase, Title, useListContext, useTranslate } from 'react-admin';
import { May } from '../access/use-me.tsx';
import { EmptyState } from '../display/empty-state.tsx';
import { FailureNote } from '../display/failure-note.tsx';
import { PageLoading } from '../display/page-loading.tsx';
import { CreateScheduleDialog } from './create-schedule-dialog.tsx';
import { ScheduleCard } from './schedule-card.tsx';
import type { Schedule } from './schedule-resource.ts';

/** A time that has come makes room for the one after it, whether a job came of it or not. */
const REFRESH = { refetchInterval: 60_000 };

/** What is done again and again: when next, what came of it, and switches. */
export default function ScheduleList() {
  return (
    <ListBase perPage={100} queryOptions={REFRESH}>
      <Schedules />
    </ListBase>
  );
}

function Schedules() {
  const translate = useTranslate();
  const [making, setMaking] = useState(false);
  const { data, error, isPending, refetch } = useListContext<Schedule>();
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (isPending || !data) return <PageLoading />;
  const make = (
    <May mutation="createSchedule">
      <Button variant="contained" startIcon={<AddIcon />} onClick={() => setMaking(true)}>
        {translate('schedules.create.label')}
      </Button>
    </May>
  );
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={translate('resources.schedules.name', { smart_count: 2 })} />
      {data.length === 0 ? (
        <EmptyState title={translate('schedules.empty.title')} action={make}>
          {translate('schedules.empty.text')}
        </EmptyState>
      ) : (
        <Stack direction="row" sx={{ justifyContent: 'flex-end' }}>
          {make}
        </Stack>
      )}
      {data.map((schedule) => (
        <ScheduleCard key={schedule.id} schedule={schedule} />
      ))}
      {making && <CreateScheduleDialog onClose={() => setMaking(false)} />}
    </Stack>
  );
}
