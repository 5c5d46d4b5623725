import { MenuItem, Stack, TextField, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Panel } from '../../display/panel.tsx';
import { requestName, useMethodName } from '../method-name.ts';
import type { StageForm } from './forms.ts';
import { SchemaForm } from './schema-form.tsx';
import type { Drafting } from './use-draft.ts';

const NONE = 'none';

export interface MethodSectionProps {
  readonly form: StageForm;
  readonly drafting: Drafting;
  /** Whether the stage may hand on what it gets. */
  readonly mayBeNone: boolean;
  /** What holds where none is named. */
  readonly fallback: string;
  readonly without?: readonly string[];
  readonly children?: React.ReactNode;
}

/** A stage that one method does: which one, and that one's own parameters. */
export function MethodSection({ form, drafting, mayBeNone, fallback, without = [], children }: MethodSectionProps) {
  const translate = useTranslate();
  const methodName = useMethodName();
  const { stage } = form;
  const wanted = drafting.value([stage, 'method']);
  const name = requestName(typeof wanted === 'string' ? wanted : fallback);
  // Presets write methods in several ways: `kmeans` and `k_means` are one.
  const method = form.methods.find((one) => plain(one.name) === plain(name));
  const problem = drafting.problem([stage, 'method']);
  return (
    <Panel title={translate(`clusterings.stage.${stage}`)}>
      <Stack spacing={2}>
        <Typography variant="body2" color="textSecondary">
          {translate(`clusterings.about_stage.${stage}`)}
        </Typography>
        <TextField
          select
          label={translate('clusterings.create.method')}
          value={method?.name ?? NONE}
          error={problem !== undefined}
          helperText={problem ?? ' '}
          onChange={({ target }) =>
            // Another method has other parameters.
            drafting.change([stage], target.value === NONE ? undefined : { method: target.value })
          }
          sx={{ maxWidth: 420 }}
          slotProps={{ htmlInput: { name: `${stage}-method` } }}
        >
          {mayBeNone && <MenuItem value={NONE}>{translate('clusterings.method.none')}</MenuItem>}
          {form.methods.map((one) => (
            <MenuItem key={one.name} value={one.name}>
              {methodName(one.name)}
            </MenuItem>
          ))}
        </TextField>
        {method && (
          // The seed is the job's.
          <SchemaForm
            key={method.name}
            owner={method.name}
            schema={method.schema}
            path={[stage, 'params']}
            drafting={drafting}
            without={['seed', ...without]}
          />
        )}
        {children}
      </Stack>
    </Panel>
  );
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
