import { Alert, Box, Link as MuiLink, Stack, Typography } from '@mui/material';
import { Title, useLocaleState, useTranslate } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { Facts } from '../display/facts.tsx';
import { FailureNote } from '../display/failure-note.tsx';
import { percent } from '../display/numbers.ts';
import { PageLoading } from '../display/page-loading.tsx';
import { Panel } from '../display/panel.tsx';
import { asFailure, Failure } from '../graphql/failure.ts';
import { useQuestion } from '../graphql/use-ask.tsx';
import { AnsweredBy } from './answered-by.tsx';
import { CommonMembers } from './common-members.tsx';
import { type Audience, TwoAudiences } from './lookalike-documents.ts';
import { NothingServes } from './nothing-serves.tsx';
import { type OfferKey, offerKeyOfText, offerPath } from './offer-address.ts';
import { overlapOf, reasonPairs } from './overlap.ts';
import { PairedReasons } from './paired-reasons.tsx';
import { useOffer } from './use-offers.ts';

/** Of both audiences: as many as the contract's usual answer. */
const TOP = 100;

/** Two offers side by side: who is for both, and what sets them apart. */
export default function OfferCompare() {
  const { first, second } = useParams();
  const keys = [offerKeyOfText(first), offerKeyOfText(second)] as const;
  if (!keys[0] || !keys[1]) return <FailureNote error={new Failure('NOT_FOUND', 'There is no such offer')} />;
  return <ComparePage first={keys[0]} second={keys[1]} />;
}

function ComparePage({ first, second }: { readonly first: OfferKey; readonly second: OfferKey }) {
  const translate = useTranslate();
  const requests = [first, second].map((key) => ({ ...key, topN: TOP }));
  const { data, error, refetch } = useQuestion(['lookalike', 'compare'], TwoAudiences, { requests });
  if (error && asFailure(error).code === 'NOT_READY') return <NothingServes />;
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (!data) return <PageLoading />;
  const failed = data.audiences.find((answer) => answer.__typename === 'AudienceFailure');
  if (failed) return <FailureNote error={new Failure(failed.code, failed.message)} />;
  const [a, b] = data.audiences.filter((answer) => answer.__typename === 'Audience');
  if (!a || !b) return <PageLoading />;
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={translate('lookalike.compare.title')} />
      <Box
        sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' } }}
      >
        <OfferCard offerKey={first} audience={a} label={translate('lookalike.compare.first')} color="primary.main" />
        <OfferCard
          offerKey={second}
          audience={b}
          label={translate('lookalike.compare.second')}
          color="secondary.main"
        />
      </Box>
      <Comparison first={a} second={b} />
    </Stack>
  );
}

interface OfferCardProps {
  readonly offerKey: OfferKey;
  readonly audience: Pick<Audience, 'modelVersion' | 'dataVersion'>;
  readonly label: string;
  readonly color: string;
}

function OfferCard({ offerKey, audience, label, color }: OfferCardProps) {
  const translate = useTranslate();
  const offer = useOffer(offerKey).data;
  return (
    <Panel title={label} action={<AnsweredBy {...audience} />}>
      <Box sx={{ borderLeft: 4, borderColor: color, pl: 1.5 }}>
        <MuiLink component={Link} to={offerPath(offerKey)} sx={{ overflowWrap: 'anywhere' }}>
          {offer?.text ?? translate('lookalike.offer_n', { offer: offerKey.offerId })}
        </MuiLink>
        <Typography variant="body2" color="textSecondary">
          {translate('lookalike.offer_of', { offer: offerKey.offerId, merchant: offerKey.merchantId })}
        </Typography>
      </Box>
    </Panel>
  );
}

type Answer = Pick<Audience, 'members' | 'reasons' | 'dataVersion' | 'modelVersion'>;

function Comparison({ first, second }: { readonly first: Answer; readonly second: Answer }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const overlap = overlapOf(first.members, second.members);
  const sameModel = first.modelVersion === second.modelVersion && first.dataVersion === second.dataVersion;
  return (
    <>
      {!sameModel && <Alert severity="warning">{translate('lookalike.compare.mixed')}</Alert>}
      <Panel title={translate('lookalike.compare.overlap')}>
        <Facts
          facts={[
            { label: translate('lookalike.compare.common'), value: String(overlap.common.length) },
            { label: translate('lookalike.compare.share'), value: percent(overlap.share, locale) },
            { label: translate('lookalike.compare.only_first'), value: String(overlap.onlyFirst) },
            { label: translate('lookalike.compare.only_second'), value: String(overlap.onlySecond) },
          ]}
        />
        <OverlapBar {...overlap} />
        <CommonMembers members={overlap.common} />
      </Panel>
      <Panel title={translate('lookalike.compare.reasons')}>
        <PairedReasons pairs={reasonPairs(first.reasons, second.reasons)} />
      </Panel>
    </>
  );
}

function OverlapBar({ common, onlyFirst, onlySecond }: ReturnType<typeof overlapOf>) {
  const parts = [
    { size: onlyFirst, bgcolor: 'primary.main' },
    { size: common.length, background: BOTH },
    { size: onlySecond, bgcolor: 'secondary.main' },
  ];
  return (
    <Box
      aria-hidden="true"
      sx={{ display: 'flex', height: 18, borderRadius: 1, overflow: 'hidden', my: 2, gap: '2px' }}
    >
      {parts.map(({ size, ...color }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: three parts that never move
        <Box key={at} sx={{ flexGrow: size, ...color }} />
      ))}
    </Box>
  );
}

const BOTH = (theme: { palette: { primary: { main: string }; secondary: { main: string } } }) =>
  `repeating-linear-gradient(45deg, ${theme.palette.primary.main} 0 6px, ${theme.palette.secondary.main} 6px 12px)`;
