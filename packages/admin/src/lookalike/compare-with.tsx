import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { comparePath, type OfferKey } from './offer-address.ts';
import { OfferSearchList } from './offer-search-list.tsx';

export interface CompareWithProps {
  readonly offerKey: OfferKey;
  onClose(): void;
}

/** Which other offer to lay beside this one. */
export function CompareWith({ offerKey, onClose }: CompareWithProps) {
  const translate = useTranslate();
  const navigate = useNavigate();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="compare-with">
      <DialogTitle id="compare-with">{translate('lookalike.compare_with')}</DialogTitle>
      <DialogContent sx={{ pt: '8px !important' }}>
        <OfferSearchList except={offerKey} onChoose={(other) => navigate(comparePath(offerKey, other))} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('lookalike.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
