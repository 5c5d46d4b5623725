import { useLocaleState, useTranslate } from 'react-admin';
import { number } from '../display/numbers.ts';
import { StatusChip } from '../display/status-chip.tsx';
import type { Version } from './version-documents.ts';

/** How many checks passed, and whether that was enough. */
export function QualityChip({ quality }: { readonly quality: Version['validationResult'] }) {
  const translate = useTranslate();
  if (!quality) return <span aria-hidden="true">—</span>;
  const { valid, checksPassed: passed, checksTotal: total } = quality;
  const status = !valid ? 'invalid' : passed < total ? 'degraded' : 'ok';
  return <StatusChip status={status} label={translate('versions.passed_of', { passed, total })} />;
}

/** Whether behaviour has changed, and what was done about it. */
export function DriftChip({ drift }: { readonly drift: Version['driftReport'] }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  if (!drift) return <span aria-hidden="true">—</span>;
  const { driftDetected, driftScore, actionTaken } = drift;
  if (actionTaken === 'skipped') return <StatusChip status="skipped" label={translate('versions.action.skipped')} />;
  const verdict = driftDetected
    ? translate('versions.drifted', { score: number(driftScore, locale) })
    : translate('versions.stable');
  return <StatusChip status={driftDetected ? 'degraded' : 'ok'} label={verdict} />;
}
