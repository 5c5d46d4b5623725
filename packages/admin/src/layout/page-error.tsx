import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';

/** A page whose code is gone, because a newer console was put in its place. */
const STALE = /dynamically imported module|Importing a module script failed|preload/i;

export interface PageErrorProps {
  readonly error: Error;
  readonly resetErrorBoundary?: (cause: unknown) => void;
}

/** Instead of a page that has failed. */
export function PageError({ error, resetErrorBoundary }: PageErrorProps) {
  const translate = useTranslate();
  const stale = STALE.test(error.message);
  return (
    <Box sx={{ maxWidth: 640, my: 4 }} role="alert">
      <Typography variant="h5" component="h2" gutterBottom>
        {translate('layout.error.title')}
      </Typography>
      <Alert severity={stale ? 'info' : 'error'} sx={{ mb: 2 }}>
        {translate(stale ? 'layout.error.stale' : 'layout.error.crashed')}
      </Alert>
      {!stale && (
        <Typography component="pre" variant="body2" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {error.message}
        </Typography>
      )}
      <Stack direction="row" spacing={1}>
        {!stale && resetErrorBoundary && (
          <Button variant="outlined" onClick={resetErrorBoundary}>
            {translate('layout.error.again')}
          </Button>
        )}
        <Button variant="contained" onClick={() => location.reload()}>
          {translate('layout.error.reload')}
        </Button>
      </Stack>
    </Box>
  );
}
