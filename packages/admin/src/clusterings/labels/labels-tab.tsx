import { Stack, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { EmptyState } from '../../display/empty-state.tsx';
import { FailureNote } from '../../display/failure-note.tsx';
import { number, percent } from '../../display/numbers.ts';
import { PageLoading } from '../../display/page-loading.tsx';
import { useQuestion } from '../../graphql/use-ask.tsx';
import type { TabProps } from '../show/clustering-show.tsx';
import { LabelButton } from './label-button.tsx';
import { LabellingsOf } from './label-documents.ts';
import { type LabelSummary, summaryOf } from './label-summary.ts';
import { LabellingCard } from './labelling-card.tsx';

/** Other tables whose rows this clustering has labelled, the newest first. */
export default function LabelsTab({ job }: TabProps) {
  const translate = useTranslate();
  const { data, error, refetch } = useQuestion(['clusterings', 'labels'], LabellingsOf, { job: job.id });
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (!data) return <PageLoading />;
  if (data.labellings.length === 0) {
    return (
      <EmptyState title={translate('labels.empty.title')} action={<LabelButton job={job} />}>
        {translate('labels.empty.text')}
      </EmptyState>
    );
  }
  const told = data.labellings.map(summaryOf).find((summary) => summary !== undefined);
  return (
    <Stack spacing={2}>
      {told && <Rule summary={told} />}
      {data.labellings.map((labelling) => (
        <LabellingCard key={labelling.id} labelling={labelling} />
      ))}
    </Stack>
  );
}

/** It is the clustering's, and so the same for all of its labellings. */
function Rule({ summary: { placing, own } }: { readonly summary: LabelSummary }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  return (
    <Typography variant="body2" color="textSecondary">
      {translate('labels.rule', { rule: placing.rule.replace(/\.$/, '') })}{' '}
      {translate(placing.natural ? 'labels.natural' : 'labels.convention')}{' '}
      {own && translate('labels.own', { rows: number(own.rows, locale), share: percent(own.share, locale) })}
    </Typography>
  );
}
