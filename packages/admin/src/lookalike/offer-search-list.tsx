import SearchIcon from '@mui/icons-material/Search';
import {
  Button,
  InputAdornment,
  List,
  ListItemButton,
  ListItemText,
  Skeleton,
  TextField,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';
import type { Offer } from './lookalike-documents.ts';
import type { OfferKey } from './offer-address.ts';
import { useOfferPeriod } from './offer-period.tsx';
import { useOffers } from './use-offers.ts';

export interface OfferSearchListProps {
  onChoose(offer: Offer): void;
  /** Not offered: it is there already. */
  readonly except?: OfferKey;
}

/** Offers by what one remembers of them: a word of the text, or a number. */
export function OfferSearchList({ onChoose, except }: OfferSearchListProps) {
  const translate = useTranslate();
  const periodOf = useOfferPeriod();
  const [text, setText] = useState('');
  const { offers, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useOffers(text);
  const shown = offers.filter((offer) => offer.offerId !== except?.offerId || offer.merchantId !== except.merchantId);
  return (
    <>
      <TextField
        type="search"
        fullWidth
        size="small"
        label={translate('lookalike.search')}
        helperText={translate('lookalike.search_hint')}
        value={text}
        onChange={({ target }) => setText(target.value)}
        slotProps={{
          input: {
            startAdornment: (
              <InputAdornment position="start">
                <SearchIcon fontSize="small" />
              </InputAdornment>
            ),
          },
        }}
      />
      {error && <FailureNote error={error} onRetry={() => refetch()} />}
      {isPending && !error && [1, 2, 3, 4].map((row) => <Skeleton key={row} height={56} />)}
      <List aria-label={translate('lookalike.offers')} aria-busy={isPending} disablePadding sx={{ mt: 1 }}>
        {shown.map((offer) => (
          <li key={`${offer.merchantId}-${offer.offerId}`}>
            <ListItemButton onClick={() => onChoose(offer)} divider>
              <ListItemText
                primary={offer.text}
                secondary={`${translate('lookalike.offer_of', { offer: offer.offerId, merchant: offer.merchantId })} · ${periodOf(offer)}`}
              />
            </ListItemButton>
          </li>
        ))}
      </List>
      {!isPending && !error && shown.length === 0 && (
        <Typography color="textSecondary" sx={{ py: 2 }}>
          {translate('lookalike.no_offers')}
        </Typography>
      )}
      {hasNextPage && (
        <Button onClick={() => fetchNextPage()} disabled={isFetchingNextPage} sx={{ mt: 1 }}>
          {translate('lookalike.more_offers')}
        </Button>
      )}
    </>
  );
}
