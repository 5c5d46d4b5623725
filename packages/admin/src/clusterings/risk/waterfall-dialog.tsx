import CloseIcon from '@mui/icons-material/CloseOutlined';
import { Dialog, DialogContent, DialogTitle, IconButton, Skeleton, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { FailureNote } from '../../display/failure-note.tsx';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import type { Result } from '../../graphql/graphql.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import type { ClusteringDetails } from '../clustering-resource.ts';
import { RiskExplanation } from './risk-documents.ts';
import type { RiskLook } from './risk-look.ts';
import { RiskScore } from './risk-score.tsx';
import { Waterfall } from './waterfall.tsx';

export type Explanation = Extract<Result<typeof RiskExplanation>['risk'], { readonly __typename: 'RiskExplanation' }>;

export interface WaterfallDialogProps {
  readonly job: ClusteringDetails;
  readonly index: number;
  readonly look: RiskLook;
  onClose(): void;
}

/** What the score of one row is made of. */
export function WaterfallDialog({ job, index, look, onClose }: WaterfallDialogProps) {
  const translate = useTranslate();
  const ask = useAsk();
  const { data, error } = useQuery<Explanation, Failure>({
    queryKey: ['clustering-risk', job.id, 'row', index],
    queryFn: async ({ signal }) => succeeded((await ask(RiskExplanation, { job: job.id, index }, { signal })).risk),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby="waterfall-title">
      <DialogTitle id="waterfall-title" sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center' }}>
        {translate('clusterings.risk.of_row', { row: index })}
        <IconButton onClick={onClose} aria-label={translate('clusterings.close')} autoFocus>
          <CloseIcon />
        </IconButton>
      </DialogTitle>
      <DialogContent>
        {error && <FailureNote error={error} />}
        {!data && !error && <Skeleton variant="rounded" height={240} />}
        {data && (
          <>
            <RiskScore score={data.score} look={look} />
            <Typography variant="body2" color="textSecondary" sx={{ my: 1 }}>
              {translate('clusterings.risk.waterfall_text')}
            </Typography>
            <Waterfall explanation={data} />
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}
