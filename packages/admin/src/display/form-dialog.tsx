import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { type FormEvent, type ReactNode, useId } from 'react';

export interface FormDialogProps {
  readonly title: string;
  /** Of the button that sends. */
  readonly submit: string;
  /** Of the button that leaves all as it is. */
  readonly keep: string;
  readonly disabled?: boolean;
  readonly maxWidth?: 'xs' | 'sm';
  readonly children: ReactNode;
  onSubmit(): void;
  onClose(): void;
}

/** A form over the page, sent by its button or by Enter. */
export function FormDialog(props: FormDialogProps) {
  const { title, submit, keep, disabled = false, maxWidth = 'sm', children, onSubmit, onClose } = props;
  const id = useId();
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth={maxWidth} aria-labelledby={id}>
      <form onSubmit={send}>
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent>{children}</DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{keep}</Button>
          <Button type="submit" variant="contained" disabled={disabled}>
            {submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
