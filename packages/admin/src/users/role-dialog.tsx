import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { useTranslate } from 'react-admin';
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (role === user.role) onClose();
    else change.mutate({ id: user.id, role });
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="role-title">
      <form onSubmit={submit}>
        <DialogTitle id="role-title">{translate('users.role.title', { name: user.name })}</DialogTitle>
        <DialogContent>
          {change.error && <Alert severity="error">{failureText(change.error)}</Alert>}
          <RoleChoice value={role} onChange={setRole} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{translate('display.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={change.isPending}>
            {translate('users.role.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
