import { Chip, Link as MuiLink, Stack, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { FailureNote } from '../display/failure-note.tsx';
import { Moment } from '../display/moment.tsx';
import { Panel } from '../display/panel.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { useQuestion } from '../graphql/use-ask.tsx';
import { useCameTo } from '../jobs/came-to.ts';
import { usePipelineName } from '../jobs/pipeline-name.tsx';
import { LineageLinkButton } from '../lineage/lineage-link-button.tsx';
import { type Version, VersionWork } from './version-documents.ts';

/** What was done with the version: its jobs, and the models trained on it. */
export function VersionWorkPanel({ version }: { readonly version: Version }) {
  const translate = useTranslate();
  const nameOf = usePipelineName();
  const cameTo = useCameTo();
  const { data, error, refetch } = useQuestion(['jobs', 'of-version', version.id], VersionWork, { id: version.id });
  const page = (name: string, id: string) => `/${name}/${encodeURIComponent(id)}/show`;
  return (
    <Panel
      title={translate('versions.work.title')}
      action={<LineageLinkButton kind="dataset_version" nodeKey={version.uuid} />}
    >
      {error && <FailureNote error={error} onRetry={() => refetch()} />}
      {data?.jobs.nodes.length === 0 && (
        <Typography color="textSecondary">{translate('versions.work.no_jobs')}</Typography>
      )}
      <Stack component="ul" spacing={1} sx={{ listStyle: 'none', p: 0, m: 0 }}>
        {data?.jobs.nodes.map((job) => (
          <Stack component="li" key={job.id} direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
            <StatusChip status={job.status} />
            <MuiLink component={Link} to={page('jobs', job.id)}>
              {nameOf(job.pipeline)}
            </MuiLink>
            <Typography variant="body2" color="textSecondary">
              {cameTo(job.outcome, '')} <Moment at={job.createdAt} />
            </Typography>
          </Stack>
        ))}
        {data?.modelVersions.nodes.map((model) => (
          <Stack component="li" key={model.id} direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
            <MuiLink component={Link} to={page('models', model.id)}>
              {translate('versions.work.model', { version: model.version })}
            </MuiLink>
            {model.aliases.map((alias) => (
              <Chip key={alias} size="small" color="primary" label={translate(`models.alias.${alias}`, { _: alias })} />
            ))}
          </Stack>
        ))}
      </Stack>
    </Panel>
  );
}
