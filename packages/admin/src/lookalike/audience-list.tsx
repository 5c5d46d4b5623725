import { Box, Button, ButtonBase, Typography } from '@mui/material';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import type { ScoredUser } from './lookalike-documents.ts';
import { probability } from './probability.ts';

const STEP = 50;

export interface AudienceListProps {
  readonly members: readonly ScoredUser[];
  onOpen(userId: number): void;
}

/** Who, in order, with bars for the scores; each opens why. */
export function AudienceList({ members, onOpen }: AudienceListProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const [shown, setShown] = useState(STEP);
  const most = members[0]?.score ?? 1;
  if (members.length === 0) return <Typography color="textSecondary">{translate('lookalike.nobody')}</Typography>;
  return (
    <>
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }} aria-label={translate('lookalike.members')}>
        {members.slice(0, shown).map(({ userId, score }, at) => (
          <li key={userId}>
            <ButtonBase
              onClick={() => onOpen(userId)}
              data-rank={at + 1}
              title={translate('lookalike.open_member', {
                rank: at + 1,
                user: userId,
                score: probability(score, locale),
              })}
              sx={ROW}
            >
              <Typography variant="body2" color="textSecondary" align="right">
                {at + 1}
              </Typography>
              <Typography variant="body2">{userId}</Typography>
              <Box sx={{ bgcolor: 'action.hover', borderRadius: 0.5, height: 10 }}>
                <Box
                  sx={{ bgcolor: 'primary.main', borderRadius: 0.5, height: 10, width: `${(100 * score) / most}%` }}
                />
              </Box>
              <Typography variant="body2" align="right">
                {probability(score, locale)}
              </Typography>
            </ButtonBase>
          </li>
        ))}
      </Box>
      {shown < members.length && (
        <Button onClick={() => setShown(shown + STEP)} sx={{ mt: 1 }}>
          {translate('lookalike.more_members', { smart_count: Math.min(STEP, members.length - shown) })}
        </Button>
      )}
    </>
  );
}

const ROW = {
  display: 'grid',
  gridTemplateColumns: '36px minmax(56px, 90px) minmax(40px, 1fr) 60px',
  columnGap: 1.5,
  alignItems: 'center',
  textAlign: 'left',
  width: '100%',
  py: 0.5,
  px: 0.5,
  borderRadius: 1,
  fontVariantNumeric: 'tabular-nums',
  '&:hover': { bgcolor: 'action.hover' },
} as const;
