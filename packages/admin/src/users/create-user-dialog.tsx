import { Stack, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Role } from '../access/me.ts';
import { FailureNote } from '../display/failure-note.tsx';
import { FormDialog } from '../display/form-dialog.tsx';
import { madeUpPassword } from './made-up-password.ts';
import { OneTimePasswordDialog } from './one-time-password-dialog.tsx';
import { type ChosenPassword, isLongEnough, PasswordChoice } from './password-choice.tsx';
import { RoleChoice } from './role-choice.tsx';
import { useCreateUser } from './use-user-deeds.ts';
import type { User } from './user-resource.ts';

/** A form; then, where the password was made up, that password. */
export function CreateUserDialog({ onClose }: { onClose(): void }) {
  const translate = useTranslate();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [password, setPassword] = useState<ChosenPassword>({ kind: 'made up', password: madeUpPassword() });
  const [made, setMade] = useState<User>();
  const create = useCreateUser((user) => (password.kind === 'made up' ? setMade(user) : onClose()));
  const submit = () => {
    if (name.trim() === '' || !isLongEnough(password)) return;
    const mustChangePassword = password.kind === 'made up' || password.mustChange;
    create.mutate({ name, role, password: password.password, mustChangePassword });
  };
  if (made) return <OneTimePasswordDialog name={made.name} password={password.password} onClose={onClose} />;
  return (
    <FormDialog
      title={translate('users.create.title')}
      submit={translate('users.create.submit')}
      keep={translate('display.cancel')}
      disabled={create.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Stack spacing={2} sx={{ pt: 1 }}>
        {create.error && <FailureNote error={create.error} />}
        <TextField
          label={translate('resources.users.fields.name')}
          value={name}
          onChange={({ target }) => setName(target.value)}
          helperText={translate('users.create.name_help')}
          autoComplete="off"
          autoFocus
          required
        />
        <RoleChoice value={role} onChange={setRole} />
        <PasswordChoice value={password} onChange={setPassword} />
      </Stack>
    </FormDialog>
  );
}
