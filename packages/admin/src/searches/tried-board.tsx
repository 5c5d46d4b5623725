import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { isObject } from '../clusterings/create/draft.ts';
import { readable, useMethodName } from '../clusterings/method-name.ts';
import { FailureNote } from '../display/failure-note.tsx';
import { Duration } from '../display/moment.tsx';
import { number } from '../display/numbers.ts';
import { Panel } from '../display/panel.tsx';
import { succeeded } from '../graphql/failure.ts';
import type { Result } from '../graphql/graphql.ts';
import { useQuestion } from '../graphql/use-ask.tsx';
import { TriedTrials } from './search-documents.ts';
import type { SearchDetails } from './search-resource.ts';

type Tried = Extract<Result<typeof TriedTrials>['tried'], { readonly __typename: 'TriedTrials' }>['trials'][number];

/** Trials end several times a second: asked for at a pace that one can read. */
const EVERY_MS = 1500;

/** On a phone there is room for what ranks them. */
const WIDE = { display: { xs: 'none', md: 'table-cell' } };

/** What a search has tried so far, the best first, while it runs; of one that has ended without a leaderboard, what it had. */
export function TriedBoard({ job, underway }: { readonly job: SearchDetails; readonly underway: boolean }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { data, error } = useQuestion(
    ['searches', 'tried'],
    TriedTrials,
    { search: job.id },
    {
      ...(underway ? { every: EVERY_MS } : {}),
    },
  );
  if (error) return <FailureNote error={error} />;
  if (!data) return null;
  const { count, trials } = succeeded(data.tried);
  if (count === 0 && !underway) return null;
  return (
    <Panel title={translate('searches.so_far.title')}>
      <Typography variant="body2" color="textSecondary">
        {count === 0
          ? translate('searches.so_far.none')
          : translate(underway ? 'searches.so_far.text' : 'searches.so_far.ended', { tried: number(count, locale) })}
      </Typography>
      {count > 0 && (
        <Table size="small" sx={{ mt: 1, '& td, & th': { px: { xs: 0.75, md: 2 } } }}>
          <TableHead>
            <TableRow>
              <TableCell>{translate('searches.rank')}</TableCell>
              <TableCell>{translate('searches.pipeline')}</TableCell>
              <TableCell sx={WIDE}>{translate('searches.parameters')}</TableCell>
              <TableCell align="right" sx={WIDE}>
                {translate('resources.clusterings.fields.clusters')}
              </TableCell>
              <TableCell align="right">{translate('searches.score')}</TableCell>
              <TableCell align="right" sx={WIDE}>
                {translate('searches.silhouette')}
              </TableCell>
              <TableCell align="right">{translate('searches.seconds')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {trials.map((trial, at) => (
              <TrialRow key={trial.trial} trial={trial} rank={at + 1} />
            ))}
          </TableBody>
        </Table>
      )}
    </Panel>
  );
}

function TrialRow({ trial, rank }: { readonly trial: Tried; readonly rank: number }) {
  const translate = useTranslate();
  const methodName = useMethodName();
  const { name, state, method, params, clusters, silhouette, score, seconds, reason } = trial;
  const [locale] = useLocaleState();
  const fieldName = (field: string) => translate(`clusterings.field.${field}`, { _: readable(field) });
  const isRanked = score !== null && state === 'screened';
  const fixed = (value: number | null) => (value === null ? '—' : value.toFixed(3));
  return (
    <TableRow data-tried={isRanked ? rank : undefined}>
      <TableCell>{isRanked ? rank : '—'}</TableCell>
      <TableCell>
        {methodName(method)}
        <Typography component="div" variant="caption" color="textSecondary">
          {name}
          {!isRanked && ` · ${translate(`searches.state.${state}`)}${reason ? `: ${reason}` : ''}`}
        </Typography>
      </TableCell>
      <TableCell sx={WIDE}>
        <Typography variant="caption">{parametersText(params, fieldName)}</Typography>
      </TableCell>
      <TableCell align="right" sx={WIDE}>
        {clusters ?? '—'}
      </TableCell>
      <TableCell align="right">{fixed(score)}</TableCell>
      <TableCell align="right" sx={WIDE}>
        {fixed(silhouette)}
      </TableCell>
      <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
        {seconds < 1 ? milliseconds(seconds, locale) : <Duration seconds={seconds} />}
      </TableCell>
    </TableRow>
  );
}

/** Most trials take less than a second. */
const milliseconds = (seconds: number, locale: string) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 }).format(
    1000 * seconds,
  );

/** `Clusters 3, linkage ward`. */
function parametersText(params: unknown, fieldName: (name: string) => string): string {
  if (!isObject(params)) return '';
  const text = (value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(4)).toString() : String(value);
  return Object.entries(params)
    .map(([name, value]) => `${fieldName(name)} ${text(value)}`)
    .join(', ');
}
