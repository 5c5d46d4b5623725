import AddIcon from '@mui/icons-material/AddOutlined';
import { Box, Button } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { DataTable, TopToolbar, useTranslate } from 'react-admin';
import { May } from '../access/use-me.tsx';
import { EmptyState } from '../display/empty-state.tsx';
import { Moment } from '../display/moment.tsx';
import { RecordList } from '../display/record-list.tsx';
import { Rows } from '../display/rows.tsx';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import type { Key } from './key-resource.ts';
import { KeyStateChip } from './key-state-chip.tsx';
import { RevokeButton } from './revoke-button.tsx';

/** The dialog is beside the list: the first key puts another list in the place of the empty one, and the token must outlast that. */
export default function KeyList() {
  const [creating, setCreating] = useState(false);
  const create = <CreateButton onClick={() => setCreating(true)} />;
  return (
    <>
      <RecordList actions={<TopToolbar>{create}</TopToolbar>} empty={<NoKeys action={create} />}>
        <KeyRows />
      </RecordList>
      {creating && <CreateKeyDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function CreateButton({ onClick }: { onClick(): void }) {
  const translate = useTranslate();
  return (
    <May mutation="createApiKey">
      <Button variant="contained" startIcon={<AddIcon />} onClick={onClick}>
        {translate('keys.create.label')}
      </Button>
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
        <Box component="span" sx={{ display: 'block' }}>
          <KeyStateChip value={key} />
          <Box component="span" sx={{ display: 'block' }}>
            {roleOf(key)}: {scopesOf(key)}
          </Box>
          <RevokeButton value={key} />
        </Box>
      )}
      tertiary={({ createdAt }) => <Moment at={createdAt} />}
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
      <DataTable.Col<Key> label="ra.action.remove" align="right" render={(key) => <RevokeButton value={key} />} />
    </Rows>
  );
}

function LastUsed({ value: { lastUsedAt } }: { readonly value: Key }) {
  const translate = useTranslate();
  return lastUsedAt ? <Moment at={lastUsedAt} /> : translate('keys.never');
}

function NoKeys({ action }: { readonly action: ReactNode }) {
  const translate = useTranslate();
  return (
    <EmptyState title={translate('keys.empty.title')} action={action}>
      {translate('keys.empty.text')}
    </EmptyState>
  );
}
