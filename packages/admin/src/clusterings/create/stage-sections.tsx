import { Stack, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Panel } from '../../display/panel.tsx';
import { isObject } from './draft.ts';
import { formOf, type StageForm } from './forms.ts';
import { MethodSection } from './method-section.tsx';
import { OptionalForm } from './optional-form.tsx';
import { PreprocessSection } from './preprocess-section.tsx';
import { SchemaForm } from './schema-form.tsx';
import type { Drafting } from './use-draft.ts';

export interface StageSectionsProps {
  readonly forms: readonly StageForm[];
  readonly drafting: Drafting;
}

/** The names that methods give to their number of clusters. */
const COUNTS = ['n_clusters', 'n_components'];

/** A part for each stage, in the order in which they run. */
export function StageSections({ forms, drafting }: StageSectionsProps) {
  const translate = useTranslate();
  const [preprocess, selection, reduction, clustering, risk, visualization] = [
    'preprocess',
    'feature_selection',
    'dimensionality_reduction',
    'clustering',
    'risk',
    'visualization',
  ].map((stage) => formOf(forms, stage));
  // The number is what it looks for then.
  const counted = isObject(drafting.value(['automatic_k']));
  return (
    <Stack spacing={2}>
      {preprocess && <PreprocessSection form={preprocess} drafting={drafting} />}
      {selection && <MethodSection form={selection} drafting={drafting} mayBeNone fallback="none" />}
      {reduction && <MethodSection form={reduction} drafting={drafting} mayBeNone fallback="none" />}
      {clustering && (
        <MethodSection
          form={clustering}
          drafting={drafting}
          mayBeNone={false}
          fallback={clustering.methods[0]?.name ?? ''}
          without={counted ? COUNTS : []}
        >
          <OptionalForm schema={clustering.beside} name="automatic_k" drafting={drafting} />
          <OptionalForm schema={clustering.beside} name="stability" drafting={drafting} />
        </MethodSection>
      )}
      {risk && visualization && (
        <Panel title={translate('clusterings.stage.outcome')}>
          <Stack spacing={2}>
            <Typography variant="body2" color="textSecondary">
              {translate('clusterings.about_stage.outcome')}
            </Typography>
            <SchemaForm
              owner="visualization"
              schema={visualization.schema}
              path={['visualization']}
              drafting={drafting}
              first={1}
            />
            <SchemaForm owner="risk" schema={risk.schema} path={['risk']} drafting={drafting} />
          </Stack>
        </Panel>
      )}
    </Stack>
  );
}
