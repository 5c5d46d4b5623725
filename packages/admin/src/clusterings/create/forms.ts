import type { Result } from '../../graphql/graphql.ts';
import type { ClusteringForms } from './create-documents.ts';

export type StageForm = Result<typeof ClusteringForms>['forms'][number];

export function formOf(forms: readonly StageForm[], stage: string): StageForm | undefined {
  return forms.find((form) => form.stage === stage);
}
