import { Box, Link as MuiLink, Stack, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { FailureNote } from '../display/failure-note.tsx';
import { Moment } from '../display/moment.tsx';
import { Panel } from '../display/panel.tsx';
import { useQuestion } from '../graphql/use-ask.tsx';
import { ModelHistory } from './model-documents.ts';

const showPath = (page: string, id: string) => `/${page}/${encodeURIComponent(id)}/show`;

/** Which version was made the champion and why; what served when. */
export function HistoryPanel() {
  const translate = useTranslate();
  const { data, error, refetch } = useQuestion(['models', 'history'], ModelHistory, {});
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  const promotions = data?.modelPromotions.nodes ?? [];
  const deployments = data?.deployments.nodes ?? [];
  if (promotions.length + deployments.length === 0) return null;
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
        alignItems: 'start',
      }}
    >
      <Panel title={translate('models.promotions')}>
        <Stack component="ol" spacing={1.5} sx={{ listStyle: 'none', p: 0, m: 0 }}>
          {promotions.map(({ id, modelVersion, previous, reason, createdAt, alias }) => (
            <li key={id}>
              <Typography component="div">
                <MuiLink component={Link} to={showPath('models', modelVersion.id)}>
                  {translate('models.became', {
                    version: modelVersion.version,
                    alias: translate(`models.alias.${alias}`, { _: alias }),
                  })}
                </MuiLink>{' '}
                <Typography component="span" variant="body2" color="textSecondary">
                  {previous && translate('models.after', { version: previous.version })} · <Moment at={createdAt} />
                </Typography>
              </Typography>
              <Typography variant="body2" color="textSecondary">
                {reason}
              </Typography>
            </li>
          ))}
        </Stack>
      </Panel>
      <Panel title={translate('models.deployments')}>
        <Stack component="ol" spacing={1} sx={{ listStyle: 'none', p: 0, m: 0 }}>
          {deployments.map(({ serial, createdAt, datasetVersion, modelVersion }, at) => (
            <li key={serial}>
              <Typography component="div" sx={{ fontWeight: at === 0 ? 600 : 400 }}>
                {modelVersion ? (
                  <MuiLink component={Link} to={showPath('models', modelVersion.id)}>
                    {translate('models.version_n', { version: modelVersion.version })}
                  </MuiLink>
                ) : (
                  translate('models.no_model')
                )}
                {' · '}
                <MuiLink component={Link} to={showPath('versions', datasetVersion.id)}>
                  {datasetVersion.name}
                </MuiLink>{' '}
                <Typography component="span" variant="body2" color="textSecondary">
                  {at === 0 && `${translate('models.serves_now')} · `}
                  <Moment at={createdAt} />
                </Typography>
              </Typography>
            </li>
          ))}
        </Stack>
      </Panel>
    </Box>
  );
}
