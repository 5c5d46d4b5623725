import CompareIcon from '@mui/icons-material/CompareArrowsOutlined';
import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import { Box, Button, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { Title, useTranslate } from 'react-admin';
import { useParams, useSearchParams } from 'react-router-dom';
import { FailureNote } from '../display/failure-note.tsx';
import { PageLoading } from '../display/page-loading.tsx';
import { Panel } from '../display/panel.tsx';
import { asFailure, Failure } from '../graphql/failure.ts';
import { AnsweredBy } from './answered-by.tsx';
import { audienceCsv, downloadText } from './audience-csv.ts';
import { AudienceList } from './audience-list.tsx';
import { CompareWith } from './compare-with.tsx';
import type { Offer } from './lookalike-documents.ts';
import { MemberDrawer } from './member-drawer.tsx';
import { MemberSearch } from './member-search.tsx';
import { NothingServes } from './nothing-serves.tsx';
import { type OfferKey, offerKeyOf } from './offer-address.ts';
import { useOfferPeriod } from './offer-period.tsx';
import { ReasonsChart } from './reasons-chart.tsx';
import { useAudience } from './use-audience.ts';
import { useOffer } from './use-offers.ts';

const SIZES = [20, 100, 500, 1000];

/** For whom one offer is, and why. */
export default function OfferAudience() {
  const { merchant, offer } = useParams();
  const key = offerKeyOf(merchant, offer);
  if (!key) return <FailureNote error={new Failure('NOT_FOUND', 'There is no such offer')} />;
  return <OfferPage offerKey={key} />;
}

function OfferPage({ offerKey }: { readonly offerKey: OfferKey }) {
  const translate = useTranslate();
  const [topN, setTopN] = useState(100);
  const [comparing, setComparing] = useState(false);
  const [search, setSearch] = useSearchParams();
  const offer = useOffer(offerKey).data;
  const { data: audience, error, refetch, isPlaceholderData } = useAudience(offerKey, topN);
  if (error && asFailure(error).code === 'NOT_READY') return <NothingServes />;
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (!audience) return <PageLoading />;
  const openUser = (user: number | undefined) => setSearch(user === undefined ? {} : { user: String(user) });
  const download = () => {
    const { merchantId, offerId } = offerKey;
    downloadText(`audience-${merchantId}-${offerId}.csv`, audienceCsv({ ...audience, merchantId, offerId }));
  };
  const user = Number(search.get('user') ?? Number.NaN);
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={offer?.text ?? translate('lookalike.offer_n', { offer: offerKey.offerId })} />
      <OfferHead offerKey={offerKey} offer={offer} answer={audience} />
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        <TextField
          select
          size="small"
          label={translate('lookalike.top_n')}
          value={topN}
          onChange={({ target }) => setTopN(Number(target.value))}
          fullWidth={false}
          sx={{ minWidth: 120 }}
        >
          {SIZES.map((size) => (
            <MenuItem key={size} value={size}>
              {size}
            </MenuItem>
          ))}
        </TextField>
        <MemberSearch onChoose={openUser} />
        <Box sx={{ flex: 1 }} />
        <Button startIcon={<CompareIcon />} onClick={() => setComparing(true)}>
          {translate('lookalike.compare_with')}
        </Button>
        <Button startIcon={<DownloadIcon />} onClick={download} disabled={audience.members.length === 0}>
          {translate('lookalike.download')}
        </Button>
      </Stack>
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
          alignItems: 'start',
        }}
      >
        <Panel title={translate('lookalike.audience', { smart_count: audience.members.length })}>
          <Box sx={{ opacity: isPlaceholderData ? 0.5 : 1 }} aria-busy={isPlaceholderData}>
            <AudienceList members={audience.members} onOpen={openUser} />
          </Box>
        </Panel>
        <Panel title={translate('lookalike.reasons')}>
          <ReasonsChart reasons={audience.reasons} />
        </Panel>
      </Box>
      {Number.isSafeInteger(user) && (
        <MemberDrawer
          offerKey={offerKey}
          userId={user}
          members={audience.members}
          onClose={() => openUser(undefined)}
        />
      )}
      {comparing && <CompareWith offerKey={offerKey} onClose={() => setComparing(false)} />}
    </Stack>
  );
}

interface OfferHeadProps {
  readonly offerKey: OfferKey;
  readonly offer: Offer | null | undefined;
  readonly answer: { readonly modelVersion: string; readonly dataVersion: string };
}

function OfferHead({ offerKey, offer, answer }: OfferHeadProps) {
  const translate = useTranslate();
  const periodOf = useOfferPeriod();
  const named = translate('lookalike.offer_of', { offer: offerKey.offerId, merchant: offerKey.merchantId });
  return (
    <Box>
      {offer && (
        <Typography variant="h5" component="p" sx={{ mb: 0.5, overflowWrap: 'anywhere' }}>
          {offer.text}
        </Typography>
      )}
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        <Typography color="textSecondary">{offer ? `${named} · ${periodOf(offer)}` : named}</Typography>
        <AnsweredBy {...answer} />
      </Stack>
    </Box>
  );
}
