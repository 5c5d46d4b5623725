import AddIcon from '@mui/icons-material/AddOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { DataTable, List, TopToolbar, useTranslate } from 'react-admin';
import { May } from '../access/use-me.tsx';
import { EmptyState } from '../display/empty-state.tsx';
import { KeysetPagination } from '../display/keyset-pagination.tsx';
import { Moment } from '../display/moment.tsx';
import { Rows } from '../display/rows.tsx';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import type { Key } from './key-resource.ts';
import { KeyStateChip } from './key-state-chip.tsx';
import { RevokeButton } from './revoke-button.tsx';

export default function KeyList() {
  return (
    <List
      sort={{ field: 'createdAt', order: 'DESC' }}
      perPage={25}
      pagination={<KeysetPagination />}
      exporter={false}
      actions={
        <TopToolbar>
          <CreateButton />
        </TopToolbar>
      }
      empty={<NoKeys />}
    >
      <KeyRows />
    </List>
  );
}

function CreateButton() {
  const translate = useTranslate();
  const [open, setOpen] = useState(false);
  return (
    <May mutation="createApiKey">
      <Button variant="contained" startIcon={<AddIcon />} onClick={() => setOpen(true)}>
        {translate('keys.create.label')}
      </Button>
      {open && <CreateKeyDialog onClose={() => setOpen(false)} />}
    </May>
  );
}

function KeyRows() {
  const translate = useTranslate();
  const roleOf = ({ role }: Key) => translate(`access.role.${role}`);
  const scopesOf = ({ scopes }: Key) =>
    scopes.map((scope) => translate(`keys.scope.${scope}`, { _: scope })).join(', ');
  return (
    <Rows<Key>
      rowClick={false}
      primary={({ name, prefix }) => `${name} · kdr_${prefix}…`}
      secondary={(key) => (
        <Box component="span" sx={{ display: 'flex', alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
          <KeyStateChip value={key} /> {roleOf(key)}: {scopesOf(key)}
        </Box>
      )}
      tertiary={(key) => <RevokeButton value={key} />}
    >
      <DataTable.Col source="name" disableSort />
      <DataTable.Col<Key> source="prefix" disableSort render={({ prefix }) => <code>kdr_{prefix}…</code>} />
      <DataTable.Col<Key> source="role" disableSort render={roleOf} />
      <DataTable.Col<Key> source="scopes" disableSort render={scopesOf} />
      <DataTable.Col<Key> source="state" disableSort render={(key) => <KeyStateChip value={key} />} />
      <DataTable.Col<Key> source="lastUsedAt" disableSort render={(key) => <LastUsed value={key} />} />
      <DataTable.Col<Key>
        source="createdAt"
        render={({ createdAt, createdBy }) => (
          <>
            <Moment at={createdAt} /> · {createdBy}
          </>
        )}
      />
      <DataTable.Col<Key> label={false} align="right" render={(key) => <RevokeButton value={key} />} />
    </Rows>
  );
}

function LastUsed({ value: { lastUsedAt } }: { readonly value: Key }) {
  const translate = useTranslate();
  return lastUsedAt ? <Moment at={lastUsedAt} /> : translate('keys.never');
}

function NoKeys() {
  const translate = useTranslate();
  return (
    <EmptyState title={translate('keys.empty.title')} action={<CreateButton />}>
      {translate('keys.empty.text')}
    </EmptyState>
  );
}
