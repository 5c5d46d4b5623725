import { Alert } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { FormDialog } from '../display/form-dialog.tsx';
import { RoleChoice } from './role-choice.tsx';
import { useChangeUser, useUserFailureText } from './use-user-deeds.ts';
import type { User } from './user-resource.ts';

export interface RoleDialogProps {
  readonly user: User;
  onClose(): void;
}

export function RoleDialog({ user, onClose }: RoleDialogProps) {
  const translate = useTranslate();
  const failureText = useUserFailureText();
  const [role, setRole] = useState(user.role);
  const change = useChangeUser('users.role.done', { onDone: onClose });
  const submit = () => {
    if (role === user.role) onClose();
    else change.mutate({ id: user.id, role });
  };
  return (
    <FormDialog
      title={translate('users.role.title', { name: user.name })}
      submit={translate('users.role.submit')}
      keep={translate('display.cancel')}
      disabled={change.isPending}
      maxWidth="xs"
      onSubmit={submit}
      onClose={onClose}
    >
      {change.error && <Alert severity="error">{failureText(change.error)}</Alert>}
      <RoleChoice value={role} onChange={setRole} />
    </FormDialog>
  );
}
