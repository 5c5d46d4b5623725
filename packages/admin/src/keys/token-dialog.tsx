import { useTranslate } from 'react-admin';
import { ShownOnceDialog } from '../display/shown-once-dialog.tsx';
import { curlExample } from './curl-example.ts';

export interface TokenDialogProps {
  readonly name: string;
  readonly token: string;
  onClose(): void;
}

export function TokenDialog({ name, token, onClose }: TokenDialogProps) {
  const translate = useTranslate();
  return (
    <ShownOnceDialog
      title={translate('keys.token.title', { name })}
      text={translate('keys.token.text')}
      secrets={[
        { label: translate('keys.token.label'), text: token },
        { label: translate('keys.token.example'), text: curlExample(location.origin, token) },
      ]}
      onClose={onClose}
    />
  );
}
