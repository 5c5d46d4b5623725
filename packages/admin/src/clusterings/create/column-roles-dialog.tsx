import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  MenuItem,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  TextField,
} from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { FailureNote } from '../../display/failure-note.tsx';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import type { Variables } from '../../graphql/graphql.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import { SetColumnRoles } from './create-documents.ts';
import { type ColumnRole, FEATURE_GROUPS, rolesKey, useColumnRoles } from './use-column-roles.ts';

export interface ColumnRolesDialogProps {
  readonly dataset: string;
  onClose(): void;
}

/** Which group of features each column belongs to, and which columns every report tells. */
export function ColumnRolesDialog({ dataset, onClose }: ColumnRolesDialogProps) {
  const translate = useTranslate();
  const notify = useNotify();
  const ask = useAsk();
  const client = useQueryClient();
  const { data, error } = useColumnRoles(dataset);
  const [changed, setChanged] = useState<ReadonlyMap<string, ColumnRole>>(new Map());
  const roles = (data ?? []).map((role) => changed.get(role.column) ?? role);
  const change = (role: ColumnRole) => setChanged(new Map(changed).set(role.column, role));
  const save = useMutation<readonly ColumnRole[], Failure, Variables<typeof SetColumnRoles>>({
    mutationFn: async (variables) => succeeded((await ask(SetColumnRoles, variables)).result).columns,
    onSuccess: (saved) => {
      client.setQueryData(rolesKey(dataset), saved);
      notify('clusterings.roles.done', { type: 'info' });
      onClose();
    },
  });
  const submit = () =>
    save.mutate({
      dataset,
      groups: [...changed.values()].map(({ column, group }) => ({ column, group })),
      defaults: roles.filter((role) => role.default).map(({ column }) => column),
    });
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="roles-title">
      <DialogTitle id="roles-title">{translate('clusterings.roles.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 1 }}>{translate('clusterings.roles.text')}</DialogContentText>
        {(error ?? save.error) && <FailureNote error={error ?? save.error} />}
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>{translate('clusterings.roles.column')}</TableCell>
              <TableCell>{translate('clusterings.roles.group')}</TableCell>
              <TableCell>{translate('clusterings.roles.default')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {roles.map((role) => (
              <TableRow key={role.column}>
                <TableCell sx={{ overflowWrap: 'anywhere' }}>{role.column}</TableCell>
                <TableCell>
                  <TextField
                    select
                    size="small"
                    variant="standard"
                    value={role.group ?? ''}
                    onChange={({ target }) =>
                      change({ ...role, group: FEATURE_GROUPS.find((group) => group === target.value) ?? null })
                    }
                    slotProps={{
                      htmlInput: { 'aria-label': `${translate('clusterings.roles.group')}: ${role.column}` },
                    }}
                  >
                    <MenuItem value="">{translate('clusterings.roles.none')}</MenuItem>
                    {FEATURE_GROUPS.map((group) => (
                      <MenuItem key={group} value={group}>
                        {translate(`clusterings.group.${group}`)}
                      </MenuItem>
                    ))}
                  </TextField>
                </TableCell>
                <TableCell>
                  <Checkbox
                    checked={role.default}
                    onChange={(_event, on) => change({ ...role, default: on })}
                    slotProps={{ input: { 'aria-label': `${translate('clusterings.roles.default')}: ${role.column}` } }}
                  />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('clusterings.keep')}</Button>
        <Button variant="contained" onClick={submit} disabled={changed.size === 0 || save.isPending}>
          {translate('clusterings.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
