import { DataTable, DateTimeInput, SelectInput, TextInput, useTranslate } from 'react-admin';
import { Moment } from '../display/moment.tsx';
import { RecordList } from '../display/record-list.tsx';
import { Rows } from '../display/rows.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { useQuestion } from '../graphql/use-ask.tsx';
import { AuditDetails } from './audit-details.tsx';
import { AuditActions } from './audit-documents.ts';
import type { AuditEntry } from './audit-resource.ts';
import { DownloadAudit } from './download-audit.tsx';

export default function AuditList() {
  const { data } = useQuestion(['access-rules'], AuditActions, {});
  const actions = data?.accessRules.map(({ mutation }) => mutation).toSorted() ?? [];
  const filters = [
    <TextInput key="who" source="who" alwaysOn />,
    <SelectInput
      key="action"
      source="action"
      alwaysOn
      choices={actions.map((id) => ({ id, name: id }))}
      translateChoice={false}
    />,
    <DateTimeInput key="since" source="since" alwaysOn />,
    <DateTimeInput key="until" source="until" alwaysOn />,
  ];
  return (
    <RecordList filters={filters} sort={{ field: 'at', order: 'DESC' }} actions={<DownloadAudit />} empty={false}>
      <Rows<AuditEntry>
        primary={({ action }) => action}
        secondary={(entry) => (
          <>
            {entry.who} <Outcome entry={entry} />
          </>
        )}
        tertiary={({ at }) => <Moment at={at} />}
        expand={<AuditDetails />}
      >
        <DataTable.Col<AuditEntry> source="at" render={({ at }) => <Moment at={at} />} />
        <DataTable.Col source="who" disableSort />
        <DataTable.Col source="action" disableSort />
        <DataTable.Col<AuditEntry> source="outcome" disableSort render={(entry) => <Outcome entry={entry} />} />
        <DataTable.Col source="address" disableSort />
      </Rows>
    </RecordList>
  );
}

function Outcome({ entry: { outcome } }: { readonly entry: AuditEntry }) {
  const translate = useTranslate();
  const done = outcome === 'OK';
  return <StatusChip status={done ? 'ok' : 'failed'} label={done ? translate('audit.done') : outcome} />;
}
