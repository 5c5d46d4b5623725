import type { Result } from '../../graphql/graphql.ts';
import { isObject } from '../create/draft.ts';
import type { LabellingsOf } from './label-documents.ts';

export type Labelling = Result<typeof LabellingsOf>['labellings'][number];

export interface LabelSummary {
  readonly rows: number;
  readonly sizes: readonly { readonly label: number; readonly rows: number }[];
  readonly placing: { readonly rule: string; readonly natural: boolean };
  readonly own: { readonly share: number; readonly rows: number } | null;
}

/** What its stage has told; undefined before it has ended. */
export function summaryOf({ stages }: Pick<Labelling, 'stages'>): LabelSummary | undefined {
  const summary = stages.map((stage) => stage.summary).find((each) => isObject(each) && Array.isArray(each.sizes));
  if (!isObject(summary)) return undefined;
  const told = summary as unknown as LabelSummary;
  return { ...told, sizes: told.sizes.toSorted((a, b) => a.label - b.label) };
}
