import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, Stack } from '@mui/material';
import { useTranslate } from 'react-admin';
import { CopiedText } from '../display/copied-text.tsx';
import { curlExample } from './curl-example.ts';

export interface TokenDialogProps {
  readonly name: string;
  readonly token: string;
  onClose(): void;
}

/** Closes by its button alone: a click beside it would lose the token. */
export function TokenDialog({ name, token, onClose }: TokenDialogProps) {
  const translate = useTranslate();
  return (
    <Dialog open fullWidth maxWidth="sm" aria-labelledby="token-title">
      <DialogTitle id="token-title">{translate('keys.token.title', { name })}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <DialogContentText>{translate('keys.token.text')}</DialogContentText>
          <CopiedText label={translate('keys.token.label')} text={token} />
          <CopiedText label={translate('keys.token.example')} text={curlExample(location.origin, token)} />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} variant="contained">
          {translate('display.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
