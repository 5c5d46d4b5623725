import { Alert, Button, Stack, TextField } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useFailureText } from '../display/failure-note.tsx';
import { asFailure, type Failure } from '../graphql/failure.ts';
import { SHORTEST_PASSWORD } from './password-length.ts';
import { useMe, useSession } from './use-me.tsx';

const EMPTY = { current: '', next: '', again: '' };

/** Another password for whoever is signed in. */
export function PasswordForm({ onDone }: { onDone?(): void }) {
  const translate = useTranslate();
  const notify = useNotify();
  const session = useSession();
  const me = useMe();
  const failureText = useFailureText();
  const [said, setSaid] = useState(EMPTY);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const short = said.next.length < SHORTEST_PASSWORD;
  const differs = said.again !== said.next;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (short || differs) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await session.changePassword(said.current, said.next);
      setSaid(EMPTY);
      notify('access.change.done', { type: 'success' });
      onDone?.();
    } catch (error) {
      setFailure(asFailure(error));
    } finally {
      setBusy(false);
    }
  };
  const messageOf = (failed: Failure): string => {
    const { code, field: wrong, facts } = failed;
    if (typeof facts.retryAfter === 'number') return translate('access.wait', { seconds: Math.ceil(facts.retryAfter) });
    if (code === 'INVALID_INPUT' && wrong === 'current') return translate('access.change.wrong');
    if (code === 'INVALID_INPUT' && wrong === 'next' && said.next === said.current)
      return translate('access.change.same');
    return failureText(failed);
  };
  const field = (name: keyof typeof EMPTY) => ({
    label: translate(`access.change.${name}`),
    type: 'password',
    value: said[name],
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      setSaid({ ...said, [name]: target.value }),
    autoComplete: name === 'current' ? 'current-password' : 'new-password',
    required: true,
  });
  return (
    <Stack component="form" onSubmit={submit} spacing={2}>
      {failure && <Alert severity="error">{messageOf(failure)}</Alert>}
      {/* For password managers: whose it is. */}
      <input type="text" hidden readOnly autoComplete="username" value={me?.name ?? ''} />
      <TextField {...field('current')} />
      <TextField
        {...field('next')}
        error={said.next !== '' && short}
        helperText={translate('access.change.short', { length: SHORTEST_PASSWORD })}
      />
      <TextField
        {...field('again')}
        error={said.again !== '' && differs}
        helperText={said.again !== '' && differs ? translate('access.change.differs') : ' '}
      />
      <Button type="submit" variant="contained" size="large" disabled={busy}>
        {translate('access.change.submit')}
      </Button>
    </Stack>
  );
}
