import { Box, Button, Card, CardContent, Stack, Typography } from '@mui/material';
import { useLogout, useTranslate } from 'react-admin';
import { PasswordForm } from './password-form.tsx';

/** What whoever signs in with a one-time password sees first. */
export function ChangePassword() {
  const translate = useTranslate();
  const logout = useLogout();
  return (
    <Box sx={{ display: 'grid', placeItems: 'center', py: 6 }}>
      <Card sx={{ width: '100%', maxWidth: 420 }}>
        <CardContent>
          <Stack spacing={2}>
            <Typography variant="h5" component="h2">
              {translate('access.change.title')}
            </Typography>
            <Typography color="textSecondary">{translate('access.change.why')}</Typography>
            <PasswordForm />
            <Button onClick={() => logout()}>{translate('ra.auth.logout')}</Button>
          </Stack>
        </CardContent>
      </Card>
    </Box>
  );
}
