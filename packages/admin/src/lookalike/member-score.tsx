import { Alert, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { Facts } from '../display/facts.tsx';
import type { ExplainedMember } from './lookalike-documents.ts';
import { probability } from './probability.ts';

export interface MemberScoreProps {
  readonly asIs: ExplainedMember;
  readonly pretended: ExplainedMember | undefined;
  /** 0: not in the audience that is shown. */
  readonly rank: number;
}

/** The score beside the one that the last of an audience of 100 has. */
export function MemberScore({ asIs, pretended, rank }: MemberScoreProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const share = (score: number) => probability(score, locale);
  const inside = (pretended ?? asIs).score >= asIs.threshold;
  return (
    <>
      {asIs.customer && <Alert severity="info">{translate('lookalike.customer')}</Alert>}
      <Facts
        facts={[
          {
            label: translate('lookalike.score'),
            value: pretended ? (
              <>
                <s>{share(asIs.score)}</s>{' '}
                <Typography component="strong" sx={{ fontWeight: 600 }} data-pretended="">
                  {share(pretended.score)}
                </Typography>
              </>
            ) : (
              share(asIs.score)
            ),
          },
          { label: translate('lookalike.threshold'), value: share(asIs.threshold) },
          { label: translate('lookalike.rank'), value: rank > 0 ? String(rank) : '—' },
          { label: translate('lookalike.in_100'), value: translate(inside ? 'lookalike.yes' : 'lookalike.no') },
        ]}
      />
    </>
  );
}
