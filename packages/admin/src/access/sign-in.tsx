import { Alert, Box, Button, Card, CardContent, Stack, TextField, Typography } from '@mui/material';
import { type FormEvent, useEffect, useState } from 'react';
import { Notification, useLogin, useTranslate } from 'react-admin';
import { Navigate } from 'react-router-dom';
import { asFailure, type Failure } from '../graphql/failure.ts';
import { Logo } from '../layout/logo.tsx';
import { useMe, useSession } from './use-me.tsx';

export function SignIn() {
  const translate = useTranslate();
  const login = useLogin();
  const session = useSession();
  const me = useMe();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  // Whoever is signed in already, or comes to a server without accounts, has no business here.
  useEffect(() => void session.known().catch((error) => setFailure(asFailure(error))), [session]);
  if (me) return <Navigate to="/" replace />;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      await login({ username: name, password });
    } catch (error) {
      setFailure(asFailure(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Box component="main" sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2 }}>
      <Card sx={{ width: '100%', maxWidth: 380 }}>
        <CardContent>
          <Stack component="form" onSubmit={submit} spacing={2}>
            <Stack direction="row" spacing={1.5} sx={{ alignItems: 'center' }}>
              <Logo size={32} />
              <Typography variant="h5" component="h1">
                {translate('access.title')}
              </Typography>
            </Stack>
            {failure && <Alert severity="error">{messageOf(failure, translate)}</Alert>}
            <TextField
              label={translate('access.name')}
              value={name}
              onChange={(event) => setName(event.target.value)}
              autoComplete="username"
              autoFocus
              required
            />
            <TextField
              label={translate('access.password')}
              type="password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              autoComplete="current-password"
              required
            />
            <Button type="submit" variant="contained" size="large" disabled={busy}>
              {translate(busy ? 'access.signing' : 'access.submit')}
            </Button>
            <Typography variant="body2" color="textSecondary">
              {translate('access.first')}
            </Typography>
          </Stack>
        </CardContent>
      </Card>
      <Notification />
    </Box>
  );
}

function messageOf({ code, facts, message }: Failure, translate: ReturnType<typeof useTranslate>): string {
  if (typeof facts.retryAfter === 'number') return translate('access.wait', { seconds: Math.ceil(facts.retryAfter) });
  if (code === 'OFFLINE') return translate('errors.OFFLINE');
  return translate('access.refused', { _: message });
}
