import { Alert, Box, Link as MuiLink, Skeleton, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { FailureNote } from '../display/failure-note.tsx';
import { Panel } from '../display/panel.tsx';
import { useQuestion } from '../graphql/use-ask.tsx';
import { driftFeatures } from './drift-features.ts';
import { driftVerdict } from './drift-verdict.ts';
import { FeatureCard } from './feature-card.tsx';
import { type Drift, VersionDrift } from './version-documents.ts';

/** How the version is distributed beside the one that the model was trained on, feature by feature, the worst first. */
export function DriftPanel({ id }: { readonly id: string }) {
  const translate = useTranslate();
  const { data, error, refetch } = useQuestion(['drift', 'of-version', id], VersionDrift, { id });
  const drift = data?.driftReports.nodes[0];
  return (
    <Panel title={translate('versions.drift.title')} action={drift && <DriftFiles drift={drift} />}>
      {error && <FailureNote error={error} onRetry={() => refetch()} />}
      {!data && !error && <Skeleton variant="rounded" height={240} />}
      {drift && <DriftReport drift={drift} />}
    </Panel>
  );
}

function DriftFiles({ drift: { htmlUrl, evidentlyUrl } }: { readonly drift: Drift }) {
  const translate = useTranslate();
  return (
    <Stack direction="row" sx={{ gap: 2 }}>
      {htmlUrl && (
        <MuiLink href={htmlUrl} target="_blank" rel="noreferrer">
          {translate('versions.drift.html')}
        </MuiLink>
      )}
      {evidentlyUrl && <MuiLink href={evidentlyUrl}>{translate('versions.drift.evidently')}</MuiLink>}
    </Stack>
  );
}

function DriftReport({ drift }: { readonly drift: Drift }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const features = driftFeatures(drift);
  const { reference, driftDetected, actionTaken } = drift;
  return (
    <>
      <Alert severity={driftDetected ? 'warning' : 'success'} sx={{ mb: 1.5 }}>
        {driftVerdict(features, translate, locale)} {translate(`versions.action.${actionTaken}`)}
      </Alert>
      <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap', mb: 1.5 }}>
        {reference && (
          <Key color="text.secondary" filled>
            {translate('versions.drift.reference')}{' '}
            <MuiLink component={Link} to={`/versions/${encodeURIComponent(reference.id)}/show`}>
              {reference.name}
            </MuiLink>
          </Key>
        )}
        <Key color="primary.main">{translate('versions.drift.current')}</Key>
      </Stack>
      <Box
        component="ul"
        sx={{
          listStyle: 'none',
          p: 0,
          m: 0,
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            md: 'repeat(2, minmax(0, 1fr))',
            xl: 'repeat(3, minmax(0, 1fr))',
          },
        }}
      >
        {features.map((feature) => (
          <FeatureCard key={feature.feature} feature={feature} />
        ))}
      </Box>
    </>
  );
}

interface KeyProps {
  readonly color: string;
  readonly filled?: boolean;
  readonly children: ReactNode;
}

function Key({ color, filled = false, children }: KeyProps) {
  return (
    <Typography variant="body2" component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75 }}>
      <Box
        aria-hidden="true"
        component="span"
        sx={{
          width: 14,
          height: 10,
          border: 2,
          borderColor: color,
          bgcolor: filled ? color : 'transparent',
          opacity: filled ? 0.45 : 1,
        }}
      />
      <span>{children}</span>
    </Typography>
  );
}
