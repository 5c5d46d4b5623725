import MenuIcon from '@mui/icons-material/MoreVert';
import { IconButton, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useMay } from '../access/use-me.tsx';
import { ConfirmDialog } from '../display/confirm-dialog.tsx';
import { OneTimePasswordDialog } from './one-time-password-dialog.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { useChangeUser, useResetPassword, useUserFailureText } from './use-user-deeds.ts';
import type { User } from './user-resource.ts';

/** What may be done with a user, behind one button. */
export function UserMenu({ user }: { readonly user: User }) {
  const translate = useTranslate();
  const notify = useNotify();
  const failureText = useUserFailureText();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState<'role' | 'deactivate' | 'reset'>();
  const [password, setPassword] = useState<string>();
  const may = { change: useMay('changeUser'), reset: useMay('resetPassword') };
  const close = () => setOpen(undefined);
  const activate = useChangeUser('users.activate.done', {
    onFailure: (failure) => notify(failureText(failure), { type: 'error' }),
  });
  const deactivate = useChangeUser('users.deactivate.done', { onDone: close });
  const reset = useResetPassword(({ password: made }) => {
    close();
    setPassword(made);
  });
  const choose = (wanted: typeof open) => {
    setAnchor(null);
    setOpen(wanted);
  };
  if (!may.change && !may.reset) return null;
  const label = translate('users.actions', { name: user.name });
  return (
    <>
      <IconButton
        size="small"
        aria-label={label}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        <MenuIcon />
      </IconButton>
      <Menu
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        slotProps={{ list: { 'aria-label': label } }}
      >
        {may.change && <MenuItem onClick={() => choose('role')}>{translate('users.role.label')}</MenuItem>}
        {may.reset && <MenuItem onClick={() => choose('reset')}>{translate('users.reset.label')}</MenuItem>}
        {may.change && user.active && (
          <MenuItem onClick={() => choose('deactivate')}>{translate('users.deactivate.label')}</MenuItem>
        )}
        {may.change && !user.active && (
          <MenuItem
            onClick={() => {
              setAnchor(null);
              activate.mutate({ id: user.id, active: true });
            }}
          >
            {translate('users.activate.label')}
          </MenuItem>
        )}
      </Menu>
      {open === 'role' && <RoleDialog user={user} onClose={close} />}
      {open === 'deactivate' && (
        <ConfirmDialog
          title={translate('users.deactivate.title', { name: user.name })}
          text={translate('users.deactivate.text')}
          action={translate('users.deactivate.label')}
          busy={deactivate.isPending}
          failure={deactivate.error && failureText(deactivate.error)}
          onConfirm={() => deactivate.mutate({ id: user.id, active: false })}
          onClose={close}
        />
      )}
      {open === 'reset' && (
        <ConfirmDialog
          title={translate('users.reset.title', { name: user.name })}
          text={translate('users.reset.text')}
          action={translate('users.reset.label')}
          busy={reset.isPending}
          failure={reset.error && failureText(reset.error)}
          onConfirm={() => reset.mutate({ id: user.id })}
          onClose={close}
        />
      )}
      {password !== undefined && (
        <OneTimePasswordDialog name={user.name} password={password} onClose={() => setPassword(undefined)} />
      )}
    </>
  );
}
