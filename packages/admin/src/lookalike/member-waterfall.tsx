import { Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { SignedBars } from '../display/signed-bars.tsx';
import { useFeatureName } from './feature-name.ts';
import type { ExplainedMember } from './lookalike-documents.ts';
import { waterfallBars } from './waterfall.ts';

/** How the score comes about, step by step, in log odds. */
export function MemberWaterfall({ member }: { readonly member: ExplainedMember }) {
  const translate = useTranslate();
  const feature = useFeatureName();
  const words = {
    base: translate('lookalike.base_value'),
    score: translate('lookalike.raw_score'),
    others: (count: number) => translate('lookalike.other_features', { smart_count: count }),
    feature,
  };
  return (
    <>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 1.5 }}>
        {translate('lookalike.contributions_hint')}
      </Typography>
      <SignedBars title={translate('lookalike.contributions')} bars={waterfallBars(member, words)} />
    </>
  );
}
