import {
  DataTable,
  NullableBooleanInput,
  NumberInput,
  RefreshButton,
  SearchInput,
  SelectInput,
  TextInput,
  TopToolbar,
  useLocaleState,
  useRecordContext,
  useTranslate,
} from 'react-admin';
import { Facts } from '../display/facts.tsx';
import { ExactMoment, Moment } from '../display/moment.tsx';
import { number } from '../display/numbers.ts';
import { RecordList } from '../display/record-list.tsx';
import { Rows } from '../display/rows.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import type { Request } from './request-resource.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const FILTERS = [
  <SearchInput key="q" source="q" alwaysOn />,
  <SelectInput
    key="method"
    source="method"
    alwaysOn
    choices={METHODS.map((id) => ({ id, name: id }))}
    translateChoice={false}
  />,
  <NullableBooleanInput
    key="refused"
    source="refused"
    alwaysOn
    nullLabel="requests.any"
    trueLabel="requests.refused"
    falseLabel="requests.served"
  />,
  <NumberInput key="slowerThan" source="slowerThan" min={0} alwaysOn />,
  <TextInput key="code" source="code" alwaysOn />,
  <TextInput key="requestId" source="requestId" alwaysOn />,
];

/** What the process that answers has served and refused of late; fetched anew on demand, as each look is a request itself. */
export default function RequestList() {
  const [locale] = useLocaleState();
  const translate = useTranslate();
  const time = ({ milliseconds }: Request) =>
    `${number(Number(milliseconds.toPrecision(3)), locale)} ${translate('requests.ms')}`;
  return (
    <RecordList
      filters={FILTERS}
      sort={{ field: 'at', order: 'DESC' }}
      perPage={50}
      actions={
        <TopToolbar>
          <RefreshButton />
        </TopToolbar>
      }
      empty={false}
    >
      <Rows<Request>
        primary={nameOf}
        secondary={(request) => (
          <>
            <Answer request={request} /> {time(request)}
          </>
        )}
        tertiary={({ at }) => <Moment at={at} />}
        expand={<RequestDetails />}
      >
        <DataTable.Col<Request> source="at" disableSort render={({ at }) => <Moment at={at} />} />
        <DataTable.Col<Request> source="request" disableSort render={nameOf} />
        <DataTable.Col<Request> source="status" disableSort render={(request) => <Answer request={request} />} />
        <DataTable.Col<Request> source="milliseconds" disableSort align="right" render={time} />
      </Rows>
    </RecordList>
  );
}

function nameOf({ method, path, operation }: Request): string {
  return `${method} ${path}${operation ? ` · ${operation}` : ''}`;
}

function Answer({ request: { status, refused, code } }: { readonly request: Request }) {
  return <StatusChip status={refused ? 'failed' : 'ok'} label={code ? `${status} ${code}` : String(status)} />;
}

function RequestDetails() {
  const translate = useTranslate();
  const request = useRecordContext<Request>();
  if (!request) return null;
  const names = ['requestId', 'route', 'operation', 'code'] as const;
  const labelOf = (name: string) => translate(`resources.requests.fields.${name}`);
  const facts = [
    { label: labelOf('at'), value: <ExactMoment at={request.at} /> },
    ...names.map((name) => ({ label: labelOf(name), value: request[name] ?? '—' })),
  ];
  return <Facts facts={facts} />;
}
