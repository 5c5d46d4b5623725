import { Box, Button, Skeleton, Typography } from '@mui/material';
import { useNotify, useTranslate } from 'react-admin';
import { FailureNote, useFailureText } from '../display/failure-note.tsx';
import { Moment } from '../display/moment.tsx';
import { Panel } from '../display/panel.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { succeeded } from '../graphql/failure.ts';
import { useQuestion } from '../graphql/use-ask.tsx';
import { useDeed } from '../graphql/use-deed.ts';
import { EndSession, MySessions } from './account-documents.ts';
import { browserName } from './browser-name.ts';

/** Where one is signed in; the other places can be signed out from here. */
export function SessionsPanel() {
  const translate = useTranslate();
  const notify = useNotify();
  const failureText = useFailureText();
  const { data, error, refetch } = useQuestion(['sessions'], MySessions, {});
  const end = useDeed(async (ask, id: string) => succeeded((await ask(EndSession, { id })).result), {
    shown: ['sessions'],
    done: 'account.ended',
    onFailure: (failure) => notify(failureText(failure), { type: 'error' }),
  });
  return (
    <Panel title={translate('account.sessions')}>
      {error && <FailureNote error={error} onRetry={() => refetch()} />}
      {!data && !error && <Skeleton variant="rounded" height={60} />}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {data?.mySessions.map(({ id, userAgent, createdAt, lastSeenAt, expiresAt, current }) => {
          const name = browserName(userAgent) ?? translate('account.unknown');
          return (
            <Box
              key={id}
              component="li"
              data-session={current ? 'current' : 'other'}
              sx={{ display: 'flex', alignItems: 'center', gap: 1.5, py: 1, flexWrap: 'wrap' }}
            >
              <Box sx={{ flex: '1 1 220px', minWidth: 0 }}>
                <Typography title={userAgent ?? undefined}>{name}</Typography>
                <Typography variant="body2" color="textSecondary" component="div">
                  {translate('account.since')} <Moment at={createdAt} />, {translate('account.seen')}{' '}
                  <Moment at={lastSeenAt} />, {translate('account.expires')} <Moment at={expiresAt} />
                </Typography>
              </Box>
              {current ? (
                <StatusChip status="ok" label={translate('account.current')} />
              ) : (
                <Button
                  size="small"
                  color="error"
                  disabled={end.isPending}
                  onClick={() => end.mutate(id)}
                  aria-label={`${translate('account.end')}: ${name}`}
                >
                  {translate('account.end')}
                </Button>
              )}
            </Box>
          );
        })}
      </Box>
    </Panel>
  );
}
