import { Alert, FormControlLabel, Skeleton, Stack, Switch, Typography } from '@mui/material';
import { useState } from 'react';
import { Title, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import { FailureNote } from '../display/failure-note.tsx';
import { Panel } from '../display/panel.tsx';
import { Failure } from '../graphql/failure.ts';
import { useQuestion } from '../graphql/use-ask.tsx';
import { LineageAround, type LineageKind } from './lineage-documents.ts';
import { LineageDrawing } from './lineage-drawing.tsx';
import { isLineageKind } from './lineage-kinds.ts';

/** What one thing was made from, and what was made from it. */
export default function LineagePage() {
  const { kind, key } = useParams();
  if (!isLineageKind(kind) || !key) return <FailureNote error={new Failure('NOT_FOUND', 'There is no such record')} />;
  return <LineageView kind={kind} nodeKey={key} />;
}

interface LineageViewProps {
  readonly kind: LineageKind;
  readonly nodeKey: string;
}

function LineageView({ kind, nodeKey }: LineageViewProps) {
  const translate = useTranslate();
  const [steps, setSteps] = useState(false);
  const [batches, setBatches] = useState(false);
  const { data, error, refetch } = useQuestion(['models', 'lineage', kind, nodeKey], LineageAround, {
    kind,
    key: nodeKey,
    batches,
  });
  const switches = [
    { name: 'batches', on: batches, set: setBatches },
    { name: 'steps', on: steps, set: setSteps },
  ] as const;
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={translate('lineage.title')} />
      {error && <FailureNote error={error} onRetry={() => refetch()} />}
      {data?.lineage.truncated && <Alert severity="info">{translate('lineage.truncated')}</Alert>}
      <Panel
        title={translate('lineage.title')}
        action={
          <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
            {switches.map(({ name, on, set }) => (
              <FormControlLabel
                key={name}
                control={<Switch checked={on} onChange={(_event, checked) => set(checked)} size="small" />}
                label={translate(`lineage.show.${name}`)}
              />
            ))}
          </Stack>
        }
      >
        <Typography color="textSecondary" sx={{ mb: 2 }}>
          {translate('lineage.hint')}
        </Typography>
        {!data && !error && <Skeleton variant="rounded" height={240} />}
        {data && <LineageDrawing graph={data.lineage} focus={`${kind}:${nodeKey}`} steps={steps} />}
      </Panel>
    </Stack>
  );
}
