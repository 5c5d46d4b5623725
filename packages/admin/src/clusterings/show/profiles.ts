import { isObject } from '../create/draft.ts';

/** How a column lies in a cluster, beside the whole table. */
export interface ColumnProfile {
  readonly name: string;
  /** The numbers are times, in milliseconds since 1970. */
  readonly isTime: boolean;
  /** Numbers: what is usual in the cluster and in all rows. */
  readonly mean: number | null;
  readonly wholeMean: number | null;
  /** Texts: the category that is most the cluster's own. */
  readonly category: { readonly text: string; readonly share: number; readonly wholeShare: number } | null;
  /** How far it sets the cluster apart: Cohen's d of numbers, Cramer's V of texts. */
  readonly effect: number;
}

export interface Profile {
  readonly label: number;
  readonly size: number;
  readonly share: number;
  /** The service's own sentence, in English. */
  readonly words: string;
  /** What tells the cluster most, strongest first. */
  readonly strongest: readonly ColumnProfile[];
  /** Of the resamples, where stability was measured. */
  readonly stability: { readonly agreement: number; readonly jaccard: number } | null;
}

/** What `profiles.json` holds. */
export function profilesOf(json: unknown): readonly Profile[] {
  if (!Array.isArray(json)) return [];
  return json.filter(isObject).map((profile) => {
    const columns = Array.isArray(profile.columns) ? profile.columns.filter(isObject).map(columnOf) : [];
    const top = Array.isArray(profile.top) ? profile.top.map(String) : [];
    return {
      label: numeric(profile.label) ?? -1,
      size: numeric(profile.size) ?? 0,
      share: numeric(profile.share) ?? 0,
      words: String(profile.words ?? ''),
      strongest: top.flatMap((name) => columns.find((column) => column.name === name) ?? []),
      stability: stabilityOf(profile.stability),
    };
  });
}

function columnOf(column: Readonly<Record<string, unknown>>): ColumnProfile {
  const categories = Array.isArray(column.categories) ? column.categories.filter(isObject) : [];
  const gains = categories.map((one) => ({
    text: String(one.text ?? ''),
    share: numeric(one.share) ?? 0,
    wholeShare: numeric(one.wholeShare) ?? 0,
  }));
  const [own = null] = gains.sort((a, b) => b.share - b.wholeShare - (a.share - a.wholeShare));
  return {
    name: String(column.name ?? ''),
    isTime: column.isTime === true,
    mean: numeric(column.mean),
    wholeMean: numeric(column.wholeMean),
    category: own,
    effect: numeric(column.effect) ?? 0,
  };
}

function stabilityOf(value: unknown): Profile['stability'] {
  if (!isObject(value)) return null;
  const [agreement, jaccard] = [numeric(value.agreement), numeric(value.jaccard)];
  return agreement === null || jaccard === null ? null : { agreement, jaccard };
}

function numeric(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
