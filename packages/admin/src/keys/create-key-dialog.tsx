import { MenuItem, Stack, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Role } from '../access/me.ts';
import { FailureNote } from '../display/failure-note.tsx';
import { FormDialog } from '../display/form-dialog.tsx';
import { succeeded } from '../graphql/failure.ts';
import type { Variables } from '../graphql/graphql.ts';
import { useDeed } from '../graphql/use-deed.ts';
import { RoleChoice } from '../users/role-choice.tsx';
import { type Expiry, expiresAt, expiryNames } from './expiry-choice.ts';
import { CreateKey } from './key-documents.ts';
import { ScopeChoice } from './scope-choice.tsx';
import { TokenDialog } from './token-dialog.tsx';

/** A form; then the token, once. */
export function CreateKeyDialog({ onClose }: { onClose(): void }) {
  const translate = useTranslate();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [scopes, setScopes] = useState<readonly string[]>(['read']);
  const [expiry, setExpiry] = useState<Expiry>('quarter');
  const create = useDeed(
    async (ask, said: Variables<typeof CreateKey>) => succeeded((await ask(CreateKey, said)).result),
    { shown: ['keys'], done: 'keys.create.done' },
  );
  const submit = () => {
    if (name.trim() === '' || scopes.length === 0) return;
    create.mutate({ name: name.trim(), role, scopes: [...scopes], expiresAt: expiresAt(expiry, Date.now()) });
  };
  if (create.data) return <TokenDialog token={create.data.token} name={create.data.apiKey.name} onClose={onClose} />;
  return (
    <FormDialog
      title={translate('keys.create.label')}
      submit={translate('keys.create.submit')}
      keep={translate('display.cancel')}
      disabled={create.isPending || scopes.length === 0}
      onSubmit={submit}
      onClose={onClose}
    >
      <Stack spacing={2} sx={{ pt: 1 }}>
        {create.error && <FailureNote error={create.error} />}
        <TextField
          label={translate('resources.keys.fields.name')}
          value={name}
          onChange={({ target }) => setName(target.value)}
          helperText={translate('keys.create.name_help')}
          autoComplete="off"
          autoFocus
          required
        />
        <RoleChoice value={role} onChange={setRole} />
        <ScopeChoice role={role} value={scopes} onChange={setScopes} />
        <TextField
          select
          label={translate('keys.create.expiry')}
          value={expiry}
          onChange={({ target }) => setExpiry(expiryNames.find((one) => one === target.value) ?? 'quarter')}
        >
          {expiryNames.map((one) => (
            <MenuItem key={one} value={one}>
              {translate(`keys.expiry.${one}`)}
            </MenuItem>
          ))}
        </TextField>
      </Stack>
    </FormDialog>
  );
}
