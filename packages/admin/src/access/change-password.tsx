import { Alert, Box, Button, Card, CardContent, Stack, TextField, Typography } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { useLogout, useNotify, useTranslate } from 'react-admin';
import { asFailure, type Failure } from '../graphql/failure.ts';
import { useSession } from './use-me.tsx';

/** As the service asks for. */
const SHORTEST = 12;

/** What whoever signs in with a one-time password sees first. */
export function ChangePassword() {
  const translate = useTranslate();
  const notify = useNotify();
  const logout = useLogout();
  const session = useSession();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const short = next !== '' && next.length < SHORTEST;
  const differs = again !== '' && again !== next;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (next.length < SHORTEST || again !== next) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await session.changePassword(current, next);
      notify('access.change.done', { type: 'success' });
    } catch (error) {
      setFailure(asFailure(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Box sx={{ display: 'grid', placeItems: 'center', py: 6 }}>
      <Card sx={{ width: '100%', maxWidth: 420 }}>
        <CardContent>
          <Stack component="form" onSubmit={submit} spacing={2}>
            <Typography variant="h5" component="h2">
              {translate('access.change.title')}
            </Typography>
            <Typography color="textSecondary">{translate('access.change.why')}</Typography>
            {failure && (
              <Alert severity="error">
                {failure.code === 'OFFLINE' ? translate('errors.OFFLINE') : failure.message}
              </Alert>
            )}
            <TextField
              label={translate('access.change.current')}
              type="password"
              value={current}
              onChange={(event) => setCurrent(event.target.value)}
              autoComplete="current-password"
              required
            />
            <TextField
              label={translate('access.change.next')}
              type="password"
              value={next}
              onChange={(event) => setNext(event.target.value)}
              autoComplete="new-password"
              error={short}
              helperText={translate('access.change.short', { length: SHORTEST })}
              required
            />
            <TextField
              label={translate('access.change.again')}
              type="password"
              value={again}
              onChange={(event) => setAgain(event.target.value)}
              autoComplete="new-password"
              error={differs}
              helperText={differs ? translate('access.change.differs') : ' '}
              required
            />
            <Button type="submit" variant="contained" size="large" disabled={busy}>
              {translate('access.change.submit')}
            </Button>
            <Button onClick={() => logout()}>{translate('ra.auth.logout')}</Button>
          </Stack>
        </CardContent>
      </Card>
    </Box>
  );
}
