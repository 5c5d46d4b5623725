import { Stack, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Panel } from '../../display/panel.tsx';
import type { StageForm } from './forms.ts';
import { useParameterWords } from './parameter-texts.ts';
import { fieldsOf } from './schema-fields.ts';
import { SchemaForm } from './schema-form.tsx';
import type { Drafting } from './use-draft.ts';

const PATH = 'preprocessing';
/** What people change first; the rest when asked for. */
const FIRST = ['imputation', 'outliers', 'outlier_action', 'scale', 'encode'];

export interface PreprocessSectionProps {
  readonly form: StageForm;
  readonly drafting: Drafting;
}

/** How columns are made fit: a chooser for each step, and the parameters of what was chosen. */
export function PreprocessSection({ form, drafting }: PreprocessSectionProps) {
  const translate = useTranslate();
  const words = useParameterWords();
  const fields = fieldsOf(form.schema);
  return (
    <Panel title={translate('clusterings.stage.preprocess')}>
      <Stack spacing={2}>
        <Typography variant="body2" color="textSecondary">
          {translate('clusterings.about_stage.preprocess')}
        </Typography>
        <SchemaForm
          owner="preprocess"
          schema={ordered(form.schema)}
          path={[PATH]}
          drafting={drafting}
          first={FIRST.length}
        />
        {form.choices.map(({ field, params, methods }) => {
          const chosen = drafting.value([PATH, field]) ?? fields.find(({ name }) => name === field)?.default;
          const method = methods.find(({ name }) => name === chosen);
          // Only of what was chosen by hand: the usual ones do well as they are.
          if (!method || drafting.value([PATH, field]) === undefined || fieldsOf(method.schema).length === 0)
            return null;
          return (
            <Stack key={`${field} ${method.name}`} spacing={1}>
              <Typography variant="subtitle2" component="h3">
                {words.name('preprocess', field)}: {words.option(field, method.name)}
              </Typography>
              <SchemaForm
                owner={method.name}
                schema={method.schema}
                path={[PATH, params]}
                drafting={drafting}
                without={['seed']}
              />
            </Stack>
          );
        })}
      </Stack>
    </Panel>
  );
}

function ordered(schema: unknown): unknown {
  const { properties, ...others } = schema as { readonly properties: Readonly<Record<string, unknown>> };
  const first = FIRST.filter((name) => Object.hasOwn(properties, name)).map((name) => [name, properties[name]]);
  return { ...others, properties: { ...Object.fromEntries(first), ...properties } };
}
