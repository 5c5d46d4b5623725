import { Alert } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { ClusteringDetails } from '../clustering-resource.ts';
import { isObject } from '../create/draft.ts';

/** What of the result is not what its definition says, or was left out: nobody should find out later. */
export function ApproximationNotes({ job }: { readonly job: ClusteringDetails }) {
  const translate = useTranslate();
  const summaries = job.stages.map(({ summary }) => summary).filter(isObject);
  const approximations = summaries
    .flatMap(({ approximations: told }) => (Array.isArray(told) ? told : []))
    .filter(isObject)
    .map((one) => String(one.what ?? one.text ?? JSON.stringify(one)));
  const dropped = summaries.flatMap(({ dropped: told }) => (Array.isArray(told) ? told : [])).filter(isObject);
  const removed = summaries.find((summary) => typeof summary.left_out === 'number' && summary.left_out > 0)?.left_out;
  if (approximations.length === 0 && dropped.length === 0 && removed === undefined) return null;
  return (
    <Alert severity="info">
      {dropped.length > 0 && (
        <div>
          {translate('clusterings.notes.dropped', { columns: dropped.map((one) => String(one.name ?? '')).join(', ') })}
        </div>
      )}
      {removed !== undefined && <div>{translate('clusterings.notes.left_out', { smart_count: Number(removed) })}</div>}
      {approximations.map((text) => (
        <div key={text}>{translate('clusterings.notes.approximation', { text })}</div>
      ))}
    </Alert>
  );
}
