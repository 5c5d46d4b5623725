import PromoteIcon from '@mui/icons-material/EmojiEventsOutlined';
import { Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useMay } from '../access/use-me.tsx';
import type { Model } from './model-documents.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { usePromotion } from './use-model-change.ts';

/** Makes a version the one that serves. */
export function PromoteButton({ model }: { readonly model: Pick<Model, 'id' | 'version' | 'aliases'> }) {
  const translate = useTranslate();
  const [open, setOpen] = useState(false);
  const promotion = usePromotion(() => setOpen(false));
  const may = useMay('promoteModel');
  if (!may || model.aliases.includes('champion')) return null;
  return (
    <>
      <Button startIcon={<PromoteIcon />} onClick={() => setOpen(true)}>
        {translate('models.promote.label')}
      </Button>
      {open && (
        <ReasonDialog
          title={translate('models.promote.title', { version: model.version })}
          text={translate('models.promote.text')}
          submit={translate('models.promote.label')}
          busy={promotion.isPending}
          error={promotion.error}
          onSubmit={(reason) => promotion.mutate({ id: model.id, reason })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
