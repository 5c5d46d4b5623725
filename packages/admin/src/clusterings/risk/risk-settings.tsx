import { Box, Button, Slider, Stack, Typography } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useLocaleState, useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { May } from '../../access/use-me.tsx';
import { FailureNote } from '../../display/failure-note.tsx';
import { fixed } from '../../display/numbers.ts';
import { Panel } from '../../display/panel.tsx';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import type { Job } from '../../jobs/job-resource.ts';
import type { ClusteringDetails } from '../clustering-resource.ts';
import { isObject } from '../create/draft.ts';
import { RerunWithRisk } from './risk-documents.ts';
import { BANDS, type useRiskLook } from './risk-look.ts';

export interface RiskSettingsProps {
  readonly job: ClusteringDetails;
  readonly risk: ReturnType<typeof useRiskLook>;
}

/** Where yellow and red begin, and what they look like: here for whoever looks, as a new job for the reports too. */
export function RiskSettings({ job, risk }: RiskSettingsProps) {
  const [locale] = useLocaleState();
  const translate = useTranslate();
  const ask = useAsk();
  const notify = useNotify();
  const navigate = useNavigate();
  const { look, changed, setThresholds, setColor, reset } = risk;
  const rerun = useMutation<Job, Failure, void>({
    mutationFn: async () => {
      const known = isObject(job.parameters) && isObject(job.parameters.risk) ? job.parameters.risk : {};
      const params = { risk: { ...known, yellow_from: look.yellowFrom, red_from: look.redFrom } };
      return succeeded((await ask(RerunWithRisk, { id: job.id, params })).result);
    },
    onSuccess: (made) => {
      notify('clusterings.create.done', { type: 'info' });
      navigate(`/clusterings/${encodeURIComponent(made.id)}/show?tab=risk`);
    },
  });
  return (
    <Box sx={{ alignSelf: 'start' }}>
      <Panel title={translate('clusterings.risk.settings')}>
        <Stack spacing={2}>
          <Typography id="thresholds" variant="body2" color="textSecondary">
            {translate('clusterings.risk.thresholds', {
              yellow: fixed(look.yellowFrom, 2, locale),
              red: fixed(look.redFrom, 2, locale),
            })}
          </Typography>
          <Box sx={{ px: 1 }}>
            <Slider
              value={[look.yellowFrom, look.redFrom]}
              min={0}
              max={1}
              step={0.01}
              valueLabelDisplay="auto"
              getAriaLabel={(at) => translate(`clusterings.risk.from.${at === 0 ? 'yellow' : 'red'}`)}
              onChange={(_event, value) => {
                if (Array.isArray(value)) setThresholds([value[0] ?? 0, value[1] ?? 1]);
              }}
              sx={{
                '& .MuiSlider-rail': {
                  opacity: 1,
                  background: `linear-gradient(90deg, ${look.colors.green} ${100 * look.yellowFrom}%, ${look.colors.yellow} 0 ${100 * look.redFrom}%, ${look.colors.red} 0)`,
                },
                '& .MuiSlider-track': { opacity: 0 },
              }}
            />
          </Box>
          <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap' }}>
            {BANDS.map((band) => (
              <Typography
                key={band}
                component="label"
                variant="body2"
                sx={{ display: 'flex', gap: 0.75, alignItems: 'center' }}
              >
                <input type="color" value={look.colors[band]} onChange={({ target }) => setColor(band, target.value)} />
                {translate(`clusterings.risk.band.${band}`)}
              </Typography>
            ))}
          </Stack>
          {rerun.error && <FailureNote error={rerun.error} />}
          <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
            {changed && (
              <May mutation="rerunJob">
                <Button size="small" variant="outlined" disabled={rerun.isPending} onClick={() => rerun.mutate()}>
                  {translate('clusterings.risk.rerun')}
                </Button>
              </May>
            )}
            <Button size="small" onClick={reset}>
              {translate('clusterings.risk.reset')}
            </Button>
          </Stack>
          <Typography variant="caption" color="textSecondary">
            {translate('clusterings.risk.settings_text')}
          </Typography>
        </Stack>
      </Panel>
    </Box>
  );
}
