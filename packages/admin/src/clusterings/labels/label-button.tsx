import LabelIcon from '@mui/icons-material/LabelOutlined';
import { Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { May } from '../../access/use-me.tsx';
import type { Clustering } from '../clustering-resource.ts';
import { LabelDialog } from './label-dialog.tsx';

/** Asks which other table to label, and leads to where its labelling is followed. */
export function LabelButton({ job }: { readonly job: Pick<Clustering, 'id'> }) {
  const translate = useTranslate();
  const [open, setOpen] = useState(false);
  const [, setSearch] = useSearchParams();
  return (
    <May mutation="labelDataset">
      <Button startIcon={<LabelIcon />} onClick={() => setOpen(true)}>
        {translate('labels.start')}
      </Button>
      {open && (
        <LabelDialog
          job={job}
          onStarted={() => {
            setOpen(false);
            setSearch({ tab: 'labels' }, { replace: true });
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </May>
  );
}
