import { number } from '../display/numbers.ts';
import type { ExpectationWords } from './expectation-words.ts';
import type { Expectation } from './version-documents.ts';

/** What a sentence may say: arguments of the expectation and what was observed, both as JSON. */
interface Facts {
  readonly args: Readonly<Record<string, unknown>>;
  readonly observed: unknown;
  readonly elements: number;
  readonly unexpected: number;
  /** Rows that have what is judged. */
  readonly judged: number;
}

const count = (value: unknown) => number(Number(value), 'ru');

function percent(share: unknown): string {
  const format = { style: 'percent', maximumSignificantDigits: Number(share) < 0.01 ? 2 : 3 } as const;
  return new Intl.NumberFormat('ru', format).format(Number(share));
}

/** `3 из 200 (1,5 %)` */
const part = (some: number, all: number) =>
  `${count(some)} из ${count(all)}${all > 0 ? ` (${percent(some / all)})` : ''}`;
const tolerated = ({ args }: Facts) => `допустимо не больше ${percent(1 - Number(args.mostly ?? 1))}`;
const day = (moment: unknown) => String(moment).slice(0, 10);
const observedIn = (observed: unknown) => (observed ?? {}) as Readonly<Record<string, unknown>>;

/** THE LIST, by Great Expectations' type. */
const SENTENCES: Readonly<Record<string, (facts: Facts) => string>> = {
  expect_table_to_be_present: () => 'не пришло ни одного пакета таблицы',
  expect_table_batches_to_be_complete({ elements, unexpected, observed }) {
    const { conflicting_totals: totals } = observedIn(observed);
    const conflict =
      Array.isArray(totals) && totals.length > 0 ? `; в пакетах разное общее число: ${totals.join(', ')}` : '';
    return `не хватает пакетов: ${count(unexpected)} из ${count(elements)}${conflict}`;
  },
  expect_table_row_count_to_be_between: ({ observed, args }) =>
    `строк ${count(observed)}, а ожидалось от ${count(args.min_value ?? 0)} до ${args.max_value === null ? 'любого числа' : count(args.max_value)}`,
  expect_column_values_to_not_be_null: (facts) =>
    `строк без ${facts.args.column}: ${part(facts.unexpected, facts.elements)}, ${tolerated(facts)}`,
  expect_column_values_to_be_castable: ({ unexpected, elements, args }) =>
    `не читаются как ${args.type_} значения ${args.column}: ${part(unexpected, elements)}`,
  expect_column_values_to_be_in_set({ unexpected, elements, args }) {
    const known = Array.isArray(args.value_set) ? args.value_set : [];
    const list = known.length > 6 ? `нет среди известных (их ${known.length})` : `не из списка ${known.join(', ')}`;
    return `значения ${args.column} ${list}: ${part(unexpected, elements)}`;
  },
  expect_column_values_to_match_regex: ({ unexpected, elements, args }) =>
    `значения ${args.column} не подходят под ${args.regex}: ${part(unexpected, elements)}`,
  expect_column_values_to_be_between: ({ unexpected, elements, args }) =>
    `значения ${args.column} вне границ от ${limit(args.min_value) ?? '−∞'} до ${limit(args.max_value) ?? '∞'}: ${part(unexpected, elements)}`,
  expect_column_median_to_be_between: ({ observed, args }) =>
    `медиана ${args.column} — ${observed === null ? 'неизвестна' : day(observed)}, а ожидалась от ${args.min_value ? day(args.min_value) : 'любого дня'} до ${args.max_value ? day(args.max_value) : 'любого дня'}`,
  expect_column_pair_values_a_to_be_greater_than_b: ({ unexpected, judged, args }) =>
    `строк, где ${args.column_A} раньше ${args.column_B}: ${part(unexpected, judged)}`,
  expect_column_values_to_be_unique: (facts) =>
    `строк с таким же ${facts.args.column}, как у другой: ${part(facts.unexpected, facts.judged)}, ${tolerated(facts)}`,
  expect_compound_columns_to_be_unique: (facts) =>
    `повторяющихся строк: ${part(facts.unexpected, facts.judged)}, ${tolerated(facts)}`,
  expect_column_values_to_be_in_other_table: (facts) =>
    `значений ${facts.args.column} нет в ${facts.args.other_table}.${facts.args.other_column}: ${part(facts.unexpected, facts.elements)}, ${tolerated(facts)}`,
  expect_column_to_cover_share_of_other_table: ({ observed, args }) =>
    `из ${args.other_table}.${args.other_column} среди ${args.column} встречаются только ${percent(observed)}, а ожидалось не меньше ${percent(args.min_value)}`,
  expect_column_unique_value_count_to_be_between: ({ observed, args }) =>
    `разных значений ${args.column}: ${count(observed)}, а ожидалось не меньше ${count(args.min_value)}`,
  expect_column_most_common_value_share_to_be_at_most({ observed, args }) {
    const { value, share } = observedIn(observed);
    return `значение ${value} столбца ${args.column} занимает ${percent(share)} строк, а ожидалось не больше ${percent(args.max_value)}`;
  },
  expect_column_pair_association_to_be_at_least: ({ observed, args }) =>
    `у строк с одним ${args.column_A} значения ${args.column_B} совпадают лишь в ${count(observed)} раза чаще, чем у любых, а ожидалось не меньше ${count(args.min_value)}: столбец похож на перемешанный`,
};

function limit(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number') return count(value);
  return /^\d{4}-\d{2}-\d{2}T/.test(String(value)) ? day(value) : String(value);
}

export const expectationWordsRu: ExpectationWords = (expectation, sentence) =>
  expectation.success ? undefined : (SENTENCES[expectation.type]?.(factsOf(expectation)) ?? sentence);

function factsOf({ kwargs, observed, elements, missing, unexpected }: Expectation): Facts {
  return {
    args: typeof kwargs === 'object' && kwargs !== null ? (kwargs as Facts['args']) : {},
    observed,
    elements: elements ?? 0,
    unexpected: unexpected ?? 0,
    judged: (elements ?? 0) - (missing ?? 0),
  };
}
