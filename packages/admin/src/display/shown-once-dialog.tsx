import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, Stack } from '@mui/material';
import { useId } from 'react';
import { useTranslate } from 'react-admin';
import { CopiedText } from './copied-text.tsx';

export interface ShownOnceDialogProps {
  readonly title: string;
  readonly text: string;
  /** What is to be copied. */
  readonly secrets: readonly { readonly label: string; readonly text: string }[];
  readonly maxWidth?: 'xs' | 'sm';
  onClose(): void;
}

/** Closes by its button alone: a click beside it would lose what is never shown again. */
export function ShownOnceDialog({ title, text, secrets, maxWidth = 'sm', onClose }: ShownOnceDialogProps) {
  const translate = useTranslate();
  const id = useId();
  return (
    <Dialog open fullWidth maxWidth={maxWidth} aria-labelledby={id}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <DialogContentText>{text}</DialogContentText>
          {secrets.map((secret) => (
            <CopiedText key={secret.label} {...secret} />
          ))}
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
