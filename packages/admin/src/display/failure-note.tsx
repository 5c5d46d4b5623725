import { Alert, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { asFailure } from '../graphql/failure.ts';

export interface FailureNoteProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What went wrong and what to do: the server's own sentence where it is about the input, else ours about its code. */
export function FailureNote({ error, onRetry }: FailureNoteProps) {
  const message = useFailureText()(error);
  const translate = useTranslate();
  const action = onRetry && (
    <Button color="inherit" size="small" onClick={onRetry}>
      {translate('display.no_news')}
    </Button>
  );
  return (
    <Alert severity="error" action={action} sx={{ my: 1 }}>
      {message}
    </Alert>
  );
}

export function useFailureText(): (error: unknown) => string {
  const translate = useTranslate();
  return (error) => {
    const { code, message } = asFailure(error);
    return translate(`errors.${code}`, { message, _: message });
  };
}
