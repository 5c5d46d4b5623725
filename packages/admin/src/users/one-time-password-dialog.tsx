import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, Stack } from '@mui/material';
import { useTranslate } from 'react-admin';
import { CopiedText } from '../display/copied-text.tsx';

export interface OneTimePasswordDialogProps {
  readonly name: string;
  readonly password: string;
  onClose(): void;
}

/** Closes by its button alone: a click beside it would lose the password. */
export function OneTimePasswordDialog({ name, password, onClose }: OneTimePasswordDialogProps) {
  const translate = useTranslate();
  return (
    <Dialog open fullWidth maxWidth="xs" aria-labelledby="one-time-title">
      <DialogTitle id="one-time-title">{translate('users.once.title', { name })}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <DialogContentText>{translate('users.once.text', { name })}</DialogContentText>
          <CopiedText label={translate('users.once.label')} text={password} />
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
