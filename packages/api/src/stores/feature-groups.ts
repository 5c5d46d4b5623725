/** Groups of a store's features, by which a clustering may choose what to compare stores by. */
import type { ColumnProfile } from '../uploads/profile/column-profile.ts';

/** THE LIST of groups. `analytical` is what the business computes by itself, and whatever no other group claims. */
export const FEATURE_GROUPS = [
  'commercial',
  'analytical',
  'operational',
  'client_kpi',
  'client_preferences',
  'geo',
] as const;
export type FeatureGroup = (typeof FEATURE_GROUPS)[number];

/** Group of each column; null for one that is no feature, such as a number that names the store. */
export type ColumnGroups = Readonly<Record<string, FeatureGroup | null>>;

/** Words that only name a store or its place. A column of nothing else is no feature; distances are, which `geo` adds. */
const NAMING = new Set(
  'lat latitude lon lng long longitude широта долгота id code key name number no num index uuid store shop title phone date quarter address street магазин тк код номер имя название ид адрес телефон дата квартал индекс'.split(
    ' ',
  ),
);

/** Beginnings of words that tell the group of a column; the first group that has one is taken. */
const STEMS: readonly (readonly [FeatureGroup, string])[] = [
  ['client_preferences', 'prefer favourite favorite taste category categories basketshare предпочт любим категор вкус'],
  [
    'client_kpi',
    'client customer visitor visit loyal ticket receipt check basket retention churn traffic nps arpu клиент покупател посетит чек трафик лояльн удержан',
  ],
  [
    'commercial',
    'sale sales revenue turnover margin profit promo price discount income выруч продаж оборот марж прибыл цен скид промо доход',
  ],
  [
    'geo',
    'geo distance dist km nearest neighbour population region city country postcode district гео расстоян км насел регион город район страна ближайш',
  ],
  [
    'operational',
    'open opened days hours area square floor staff employee stock shelf assortment format type state checkout parking holiday площад персонал сотрудн остат час дни открыт формат тип ассортимент касс парков',
  ],
];

/** Shorter stems must be the whole word: `geo` is not `geometry`. */
const SHORT = 4;

/** The words of a column's name, lower case: `CompetitionOpenSince` has three. */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');

const begins = (word: string, stem: string): boolean =>
  stem.length <= SHORT ? word === stem || word === `${stem}s` : word.startsWith(stem);

/** By the column's name alone; whoever uploads it may say otherwise. */
export function suggestGroup(name: string): FeatureGroup | null {
  const words = wordsOf(name);
  if (words.every((word) => NAMING.has(word))) return null;
  const found = STEMS.find(([, stems]) => stems.split(' ').some((stem) => words.some((word) => begins(word, stem))));
  return found?.[0] ?? 'analytical';
}

export const suggestGroups = (columns: readonly ColumnProfile[]): ColumnGroups =>
  Object.fromEntries(columns.map(({ name }) => [name, suggestGroup(name)]));

const MOST_DEFAULTS = 12;
/** Numbers of the calendar have no mean that says anything. */
const CALENDAR = new Set(['since', 'year', 'month', 'week', 'day', 'год', 'месяц', 'неделя', 'день']);

/** Numbers that every report of a store table tells unless others are named: what it sells and to how many. */
export function suggestDefaults(columns: readonly ColumnProfile[], groups: ColumnGroups): string[] {
  const told = ['commercial', 'client_kpi'];
  return columns
    .filter(({ type, distinct }) => (type === 'integer' || type === 'number') && distinct > 2)
    .filter(({ name }) => told.includes(groups[name] ?? ''))
    .filter(({ name }) => !wordsOf(name).some((word) => CALENDAR.has(word)))
    .slice(0, MOST_DEFAULTS)
    .map(({ name }) => name);
}
