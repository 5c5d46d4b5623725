import { Box } from '@mui/material';
import { Title, useTranslate } from 'react-admin';
import { PasswordForm } from '../access/password-form.tsx';
import { useMe } from '../access/use-me.tsx';
import { Facts } from '../display/facts.tsx';
import { Panel } from '../display/panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';

/** Of whoever is signed in. */
export default function Account() {
  const translate = useTranslate();
  const me = useMe();
  const facts = me && [
    { label: translate('resources.users.fields.name'), value: me.name },
    { label: translate('resources.users.fields.role'), value: translate(`access.role.${me.role}`) },
    { label: translate('account.means'), value: translate(`users.means.${me.role}`) },
  ];
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        mt: 2,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: '3fr 2fr' },
        alignItems: 'start',
      }}
    >
      <Title title={translate('resources.account.name', { smart_count: 1 })} />
      <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
        <Panel title={translate('account.who')}>{facts && <Facts facts={facts} />}</Panel>
        <SessionsPanel />
      </Box>
      <Panel title={translate('account.password')}>
        <PasswordForm />
      </Panel>
    </Box>
  );
}
