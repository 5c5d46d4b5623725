import { Alert, Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import { useId } from 'react';
import { useTranslate } from 'react-admin';

export interface ConfirmDialogProps {
  readonly title: string;
  /** What will come of it. */
  readonly text: string;
  /** The words of the button that does it. */
  readonly action: string;
  readonly busy: boolean;
  /** Why it was not done; the dialog stays for it. */
  readonly failure?: string | null;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something that cannot be taken back, and stays until it is done. */
export function ConfirmDialog({ title, text, action, busy, failure, onConfirm, onClose }: ConfirmDialogProps) {
  const translate = useTranslate();
  const id = useId();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={id}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent>
        <DialogContentText>{text}</DialogContentText>
        {failure && (
          <Alert severity="error" sx={{ mt: 2 }}>
            {failure}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} autoFocus>
          {translate('display.cancel')}
        </Button>
        <Button variant="contained" color="error" disabled={busy} onClick={onConfirm}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
