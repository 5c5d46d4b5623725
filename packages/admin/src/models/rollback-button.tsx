import BackIcon from '@mui/icons-material/UndoOutlined';
import { Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useMay } from '../access/use-me.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { useRollback } from './use-model-change.ts';

export interface RollbackButtonProps {
  readonly model: string;
  /** The one that serves. */
  readonly version: string;
}

/** Back to the version that served before. */
export function RollbackButton({ model, version }: RollbackButtonProps) {
  const translate = useTranslate();
  const [open, setOpen] = useState(false);
  const rollback = useRollback(() => setOpen(false));
  if (!useMay('rollbackModel')) return null;
  return (
    <>
      <Button startIcon={<BackIcon />} onClick={() => setOpen(true)}>
        {translate('models.rollback.label')}
      </Button>
      {open && (
        <ReasonDialog
          title={translate('models.rollback.title', { version })}
          text={translate('models.rollback.text')}
          submit={translate('models.rollback.label')}
          busy={rollback.isPending}
          error={rollback.error}
          onSubmit={(reason) => rollback.mutate({ model, reason })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
