import { Box, Card, LinearProgress, Stack, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { day, fixed, number, percent } from '../../display/numbers.ts';
import { clusterColor } from '../cluster-color.ts';
import { ClusterName } from '../cluster-name.tsx';
import type { ColumnProfile, Profile } from './profiles.ts';

/** Cohen's words for sizes of effects (1988). */
const sizeOf = (effect: number) =>
  Math.abs(effect) >= 0.8 ? 'much' : Math.abs(effect) >= 0.5 ? 'clearly' : 'somewhat';

/** A cluster in words and numbers: how large it is and what sets it apart. */
export function ProfileCard({ profile }: { readonly profile: Profile }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { label, size, share, strongest, stability } = profile;
  return (
    <Card
      component="article"
      data-cluster={label}
      sx={{ p: 2, borderTop: `3px solid ${clusterColor(label)} !important` }}
    >
      <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1 }}>
        <Typography component="h3" sx={{ fontWeight: 600 }}>
          <ClusterName label={label} />
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {translate('clusterings.rows', { smart_count: size, count: number(size, locale) })} · {percent(share, locale)}
        </Typography>
      </Stack>
      {strongest.length === 0 && (
        <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }}>
          {translate('clusterings.profile.like_whole')}
        </Typography>
      )}
      <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0, mt: 1, display: 'grid', gap: 1 }}>
        {strongest.map((column) => (
          <Trait key={column.name} column={column} />
        ))}
      </Box>
      {stability && (
        <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }}>
          {translate('clusterings.profile.stability', {
            agreement: percent(stability.agreement, locale),
            jaccard: fixed(stability.jaccard, 2, locale),
          })}
        </Typography>
      )}
    </Card>
  );
}

/** What one column says of the cluster, in words and as a bar of how much. */
function Trait({ column }: { readonly column: ColumnProfile }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { name, isTime, mean, wholeMean, category, effect } = column;
  const written = (value: number) => (isTime ? day(value, locale) : number(value, locale));
  const side = isTime ? (effect > 0 ? 'later' : 'earlier') : effect > 0 ? 'higher' : 'lower';
  const words =
    mean !== null && wholeMean !== null
      ? translate(`clusterings.profile.${sizeOf(effect)}_${side}`, {
          mean: written(mean),
          whole: written(wholeMean),
        })
      : category
        ? translate('clusterings.profile.category', {
            text: category.text,
            share: percent(category.share, locale),
            whole: percent(category.wholeShare, locale),
          })
        : '—';
  return (
    <Box component="li" sx={{ minWidth: 0 }}>
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        <b>{name}</b> {words}
      </Typography>
      <LinearProgress
        variant="determinate"
        aria-hidden
        value={Math.min(100, 100 * (mean === null ? Math.abs(effect) : Math.abs(effect) / 3))}
        color={effect >= 0 ? 'secondary' : 'primary'}
        sx={{ height: 4, mt: 0.25 }}
      />
    </Box>
  );
}
