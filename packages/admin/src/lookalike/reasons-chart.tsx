import { Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { SignedBars } from '../display/signed-bars.tsx';
import { useFeatureName } from './feature-name.ts';
import type { Reason } from './lookalike-documents.ts';

/** What sets these clients apart, by how much it moves their score on average. */
export function ReasonsChart({ reasons }: { readonly reasons: readonly Reason[] }) {
  const translate = useTranslate();
  const nameOf = useFeatureName();
  return (
    <>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 1.5 }}>
        {translate('lookalike.reasons_hint')}
      </Typography>
      <SignedBars
        title={translate('lookalike.reasons')}
        bars={reasons.map(({ feature, impact }) => ({ label: nameOf(feature), value: impact }))}
      />
    </>
  );
}
