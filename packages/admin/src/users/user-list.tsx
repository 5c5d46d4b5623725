import AddIcon from '@mui/icons-material/PersonAddAltOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { DataTable, TopToolbar, useTranslate } from 'react-admin';
import { May, useMe } from '../access/use-me.tsx';
import { Moment } from '../display/moment.tsx';
import { RecordList } from '../display/record-list.tsx';
import { Rows } from '../display/rows.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { CreateUserDialog } from './create-user-dialog.tsx';
import { UserMenu } from './user-menu.tsx';
import type { User } from './user-resource.ts';

export default function UserList() {
  return (
    <RecordList sort={{ field: 'createdAt', order: 'ASC' }} actions={<Actions />}>
      <UserRows />
    </RecordList>
  );
}

function Actions() {
  const translate = useTranslate();
  const [open, setOpen] = useState(false);
  return (
    <TopToolbar>
      <May mutation="createUser">
        <Button variant="contained" startIcon={<AddIcon />} onClick={() => setOpen(true)}>
          {translate('users.create.label')}
        </Button>
      </May>
      {open && <CreateUserDialog onClose={() => setOpen(false)} />}
    </TopToolbar>
  );
}

function UserRows() {
  const translate = useTranslate();
  const roleOf = ({ role }: User) => translate(`access.role.${role}`);
  return (
    <Rows<User>
      rowClick={false}
      primary={(user) => <UserName user={user} />}
      secondary={(user) => (
        <Box component="span" sx={{ display: 'flex', alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
          {roleOf(user)} <ActiveChip user={user} />
        </Box>
      )}
      tertiary={(user) => <UserMenu user={user} />}
    >
      <DataTable.Col<User> source="name" disableSort render={(user) => <UserName user={user} />} />
      <DataTable.Col<User> source="role" disableSort render={roleOf} />
      <DataTable.Col<User> source="active" disableSort render={(user) => <ActiveChip user={user} />} />
      <DataTable.Col<User> source="lastSeenAt" disableSort render={(user) => <LastSeen user={user} />} />
      <DataTable.Col<User> source="createdAt" render={({ createdAt }) => <Moment at={createdAt} />} />
      <DataTable.Col<User> label="ra.action.edit" align="right" render={(user) => <UserMenu user={user} />} />
    </Rows>
  );
}

function UserName({ user }: { readonly user: User }) {
  const translate = useTranslate();
  const me = useMe();
  return me?.name === user.name ? `${user.name} (${translate('users.you')})` : user.name;
}

function LastSeen({ user }: { readonly user: User }) {
  const translate = useTranslate();
  return user.lastSeenAt ? <Moment at={user.lastSeenAt} /> : translate('users.never');
}

function ActiveChip({ user: { active } }: { readonly user: User }) {
  const translate = useTranslate();
  return (
    <StatusChip status={active ? 'ok' : 'cancelled'} label={translate(active ? 'users.active' : 'users.inactive')} />
  );
}
