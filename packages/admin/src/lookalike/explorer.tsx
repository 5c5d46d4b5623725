import { Stack, Typography } from '@mui/material';
import { Title, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { FailureNote } from '../display/failure-note.tsx';
import { PageLoading } from '../display/page-loading.tsx';
import { Panel } from '../display/panel.tsx';
import { useQuestion } from '../graphql/use-ask.tsx';
import { AnsweredBy } from './answered-by.tsx';
import { ServedNow } from './lookalike-documents.ts';
import { NothingServes } from './nothing-serves.tsx';
import { offerPath } from './offer-address.ts';
import { OfferSearchList } from './offer-search-list.tsx';

/** Where one begins: which offer to look at. */
export default function Explorer() {
  const translate = useTranslate();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuestion(['lookalike', 'status'], ServedNow, {});
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={translate('lookalike.title')} />
      {error && <FailureNote error={error} onRetry={() => refetch()} />}
      {!data && !error && <PageLoading />}
      {data && !data.serviceStatus.ready && <NothingServes />}
      {data?.serviceStatus.ready && (
        <Panel title={translate('lookalike.choose')} action={<AnsweredBy {...data.serviceStatus} />}>
          <Typography color="textSecondary" sx={{ mb: 2 }}>
            {translate('lookalike.intro')}
          </Typography>
          <OfferSearchList onChoose={(offer) => navigate(offerPath(offer))} />
        </Panel>
      )}
    </Stack>
  );
}
