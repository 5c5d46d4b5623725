import { Skeleton, Stack } from '@mui/material';
import { useTimeout } from 'react-admin';

/** The place of a page that is on its way; what comes within a moment shows nothing before it. */
export function PageLoading() {
  if (!useTimeout(250)) return null;
  return (
    <Stack spacing={2} sx={{ mt: 2 }} role="progressbar" aria-busy="true" aria-label="…">
      <Skeleton variant="rounded" height={36} width="60%" />
      <Skeleton variant="rounded" height={160} />
      <Skeleton variant="rounded" height={220} />
    </Stack>
  );
}
