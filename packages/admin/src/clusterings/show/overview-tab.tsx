import { Box, Stack, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { EmptyState } from '../../display/empty-state.tsx';
import { FailureNote } from '../../display/failure-note.tsx';
import { PageLoading } from '../../display/page-loading.tsx';
import { Panel } from '../../display/panel.tsx';
import { ApproximationNotes } from './approximation-notes.tsx';
import type { TabProps } from './clustering-show.tsx';
import { MeasuresPanel } from './measures-panel.tsx';
import { ProfileCard } from './profile-card.tsx';
import { profilesOf } from './profiles.ts';
import { SizesBar } from './sizes-bar.tsx';
import { useJsonFile } from './use-json-file.ts';
import { VotesPanel } from './votes-panel.tsx';

/** What the clusters are, how large and how good. */
export default function OverviewTab({ job }: TabProps) {
  const translate = useTranslate();
  const { data, error, fetchStatus, refetch } = useJsonFile(job, 'profiles.json');
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (data === undefined) {
    if (fetchStatus !== 'idle') return <PageLoading />;
    return (
      <EmptyState title={translate('clusterings.nothing_yet.title')}>
        {translate(job.status === 'paused' ? 'clusterings.nothing_yet.paused' : 'clusterings.nothing_yet.text')}
      </EmptyState>
    );
  }
  const profiles = profilesOf(data);
  return (
    <Stack spacing={2}>
      <ApproximationNotes job={job} />
      <Panel title={translate('clusterings.sizes')}>
        <SizesBar sizes={profiles.map(({ label, size }) => ({ label, rows: size }))} />
      </Panel>
      <Typography variant="h6" component="h2">
        {translate('clusterings.profiles')}
      </Typography>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 320px), 1fr))' }}>
        {profiles.map((profile) => (
          <ProfileCard key={profile.label} profile={profile} />
        ))}
      </Box>
      <VotesPanel job={job} />
      <MeasuresPanel job={job} />
    </Stack>
  );
}
