import { useTranslate } from 'react-admin';
import { ShownOnceDialog } from '../display/shown-once-dialog.tsx';

export interface OneTimePasswordDialogProps {
  readonly name: string;
  readonly password: string;
  onClose(): void;
}

export function OneTimePasswordDialog({ name, password, onClose }: OneTimePasswordDialogProps) {
  const translate = useTranslate();
  return (
    <ShownOnceDialog
      title={translate('users.once.title', { name })}
      text={translate('users.once.text', { name })}
      secrets={[{ label: translate('users.once.label'), text: password }]}
      maxWidth="xs"
      onClose={onClose}
    />
  );
}
