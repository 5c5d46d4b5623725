import { Box } from '@mui/material';
import { useRecordContext, useTranslate } from 'react-admin';
import { CopiedText } from '../display/copied-text.tsx';
import { Facts } from '../display/facts.tsx';
import { ExactMoment } from '../display/moment.tsx';
import type { AuditEntry } from './audit-resource.ts';

/** What an entry opens to. */
export function AuditDetails() {
  const translate = useTranslate();
  const entry = useRecordContext<AuditEntry>();
  if (!entry) return null;
  const { at, role, target, outcome, requestId, address } = entry;
  const facts = [
    { label: translate('resources.audit.fields.at'), value: <ExactMoment at={at} /> },
    { label: translate('resources.audit.fields.role'), value: role ? translate(`access.role.${role}`) : '—' },
    { label: translate('resources.audit.fields.target'), value: target ?? '—' },
    { label: translate('resources.audit.fields.outcome'), value: outcome },
    { label: translate('resources.audit.fields.requestId'), value: requestId },
    { label: translate('resources.audit.fields.address'), value: address ?? '—' },
  ];
  return (
    <Box sx={{ display: 'grid', gap: 2, py: 1, minWidth: 0 }}>
      <Facts facts={facts} />
      <CopiedText
        label={translate('resources.audit.fields.arguments')}
        text={JSON.stringify(entry.arguments, null, 2)}
      />
    </Box>
  );
}
