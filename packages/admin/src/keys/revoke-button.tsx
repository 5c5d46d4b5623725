import { Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useMay } from '../access/use-me.tsx';
import { ConfirmDialog } from '../display/confirm-dialog.tsx';
import { useFailureText } from '../display/failure-note.tsx';
import { succeeded } from '../graphql/failure.ts';
import { useDeed } from '../graphql/use-deed.ts';
import { RevokeKey } from './key-documents.ts';
import type { Key } from './key-resource.ts';

export function RevokeButton({ value: { id, name, revokedAt } }: { readonly value: Key }) {
  const translate = useTranslate();
  const failureText = useFailureText();
  const may = useMay('revokeApiKey');
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const revoke = useDeed(async (ask, key: string) => succeeded((await ask(RevokeKey, { id: key })).result), {
    shown: ['keys'],
    done: 'keys.revoke.done',
    onDone: close,
  });
  if (!may || revokedAt !== null) return null;
  return (
    <>
      <Button
        size="small"
        color="error"
        onClick={() => setOpen(true)}
        aria-label={`${translate('keys.revoke.label')}: ${name}`}
      >
        {translate('keys.revoke.label')}
      </Button>
      {open && (
        <ConfirmDialog
          title={translate('keys.revoke.title', { name })}
          text={translate('keys.revoke.text')}
          action={translate('keys.revoke.label')}
          busy={revoke.isPending}
          failure={revoke.error && failureText(revoke.error)}
          onConfirm={() => revoke.mutate(id)}
          onClose={close}
        />
      )}
    </>
  );
}
