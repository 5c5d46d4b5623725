import PresetIcon from '@mui/icons-material/BookmarkAddOutlined';
import CompareIcon from '@mui/icons-material/CompareArrowsOutlined';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import MoreIcon from '@mui/icons-material/MoreVertOutlined';
import { IconButton, ListItemIcon, ListItemText, Menu, MenuItem, Tooltip } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { Confirm, useDelete, useNotify, useRedirect, useTranslate } from 'react-admin';
import { useMay } from '../../access/use-me.tsx';
import { useFailureText } from '../../display/failure-note.tsx';
import type { ClusteringDetails } from '../clustering-resource.ts';
import { CompareDialog } from '../compare/compare-dialog.tsx';
import { SavePresetDialog } from './save-preset-dialog.tsx';

interface Action {
  readonly name: 'compare' | 'preset' | 'remove';
  readonly icon: ReactNode;
  readonly offered: boolean;
}

/** What is done seldom. */
export function MoreActions({ job }: { readonly job: ClusteringDetails }) {
  const translate = useTranslate();
  const notify = useNotify();
  const redirect = useRedirect();
  const failureText = useFailureText();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState<Action['name']>();
  const [remove] = useDelete();
  const mayPreset = useMay('savePreset');
  const mayRemove = useMay('deleteClusteringJob');
  const ended = job.status !== 'pending' && job.status !== 'running';
  const actions: readonly Action[] = [
    { name: 'compare', icon: <CompareIcon fontSize="small" />, offered: job.clustering?.clusters != null },
    { name: 'preset', icon: <PresetIcon fontSize="small" />, offered: mayPreset },
    { name: 'remove', icon: <DeleteIcon fontSize="small" />, offered: mayRemove && ended },
  ];
  const offered = actions.filter((action) => action.offered);
  if (offered.length === 0) return null;
  const close = () => setOpen(undefined);
  const onRemove = () => {
    close();
    void remove(
      'clusterings',
      { id: job.id, previousData: job },
      {
        onSuccess: () => {
          notify('clusterings.remove.done', { type: 'info' });
          redirect('list', 'clusterings');
        },
        onError: (error) => notify(failureText(error), { type: 'error' }),
      },
    );
  };
  return (
    <>
      <Tooltip title={translate('clusterings.more_actions')}>
        <IconButton
          onClick={({ currentTarget }) => setAnchor(currentTarget)}
          aria-label={translate('clusterings.more_actions')}
          aria-haspopup="menu"
        >
          <MoreIcon />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {offered.map(({ name, icon }) => (
          <MenuItem
            key={name}
            onClick={() => {
              setAnchor(null);
              setOpen(name);
            }}
          >
            <ListItemIcon>{icon}</ListItemIcon>
            <ListItemText>{translate(`clusterings.${name}.label`)}</ListItemText>
          </MenuItem>
        ))}
      </Menu>
      {open === 'compare' && <CompareDialog job={job} onClose={close} />}
      {open === 'preset' && <SavePresetDialog job={job} onClose={close} />}
      <Confirm
        isOpen={open === 'remove'}
        title="clusterings.remove.title"
        content="clusterings.remove.text"
        confirm="clusterings.remove.label"
        confirmColor="warning"
        onConfirm={onRemove}
        onClose={close}
      />
    </>
  );
}
