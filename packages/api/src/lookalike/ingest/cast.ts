/** SQL that turns a field as it was sent (VARCHAR or null) into the typed column of tables.ts. */
import { quote } from '../../tables/sql-literal.ts';
import type { ColumnKind } from '../tables.ts';

/** Spellings of "no value" in every kind, in lower case. `nat` and `<na>` are what pandas prints for a missing date or integer. */
const MISSING = ['', 'nan', 'none', 'null', 'nat', '<na>'];
const LONGEST_MISSING = Math.max(...MISSING.map((text) => text.length));
const WHITESPACE = "E' \\t\\r\\n'";

const trimmed = (raw: string) => `trim(${raw}, ${WHITESPACE})`;

/**
 * The field as the casts below want it. Texts are trimmed here, once; numbers and dates are not, because DuckDB's casts
 * skip blanks themselves and trimming every one of millions of fields costs more than reading them.
 */
export function rawExpression(kind: ColumnKind, field: string): string {
  return kind === 'text' || kind === 'code' || kind === 'bucket' ? trimmed(field) : field;
}

/**
 * Whether the field holds no value. It runs over every text of the version, so it is a CASE: DuckDB evaluates a branch
 * only for the rows that reach it, while it evaluates all sides of an OR, and turns IN into a join over all rows.
 */
export function isMissing(raw: string): string {
  const spelled = MISSING.map((text) => `WHEN '${text}' THEN true`).join(' ');
  return `CASE WHEN ${raw} IS NULL THEN true WHEN ${raw} < '!' THEN ${trimmed(raw)} = '' WHEN strlen(${raw}) > ${LONGEST_MISSING} THEN false
    ELSE CASE lower(${raw}) ${spelled} ELSE false END END`;
}

const finite = (number: string) => `CASE WHEN isfinite(${number}) THEN ${number} END`;

/** `918`, `"918"`, `"428916.0"`; a fraction is not an id, although DuckDB would round it to one. */
const id = (raw: string) =>
  `CASE WHEN contains(${raw}, '.') OR contains(${raw}, 'e') OR contains(${raw}, 'E') THEN CASE WHEN TRY_CAST(${raw} AS DOUBLE) = TRY_CAST(${raw} AS BIGINT) THEN TRY_CAST(${raw} AS BIGINT) END
    ELSE TRY_CAST(${raw} AS BIGINT) END`;

/**
 * A day, with or without a time. Its words for special dates (`epoch`, `infinity`) and years beyond 9999 are refused; so
 * is what DuckDB would forgive, text after the day that is no time.
 */
const date = (raw: string) =>
  `CASE WHEN strlen(${raw}) = 10 THEN CASE WHEN ${raw} >= '0' AND right(${raw}, 1) < ':' THEN TRY_CAST(${raw} AS DATE) END
    WHEN ${raw} < '!' THEN CASE WHEN strlen(${trimmed(raw)}) = 10 THEN TRY_CAST(${trimmed(raw)} AS DATE) END
    WHEN ${raw} >= '0' AND ${raw} < ':' THEN CASE WHEN TRY_CAST(${raw} AS TIMESTAMP) <= TIMESTAMP '9999-12-31 23:59:59' THEN TRY_CAST(left(${raw}, 10) AS DATE) END END`;

const month = (raw: string) =>
  `date_trunc('month', CASE WHEN length(${raw}) = 7 THEN TRY_CAST(${raw} || '-01' AS DATE) ELSE ${date(raw)} END)::DATE`;

const flag = (raw: string) =>
  `CASE lower(${raw}) WHEN '1' THEN true WHEN '0' THEN false WHEN '1.0' THEN true WHEN '0.0' THEN false
    WHEN 'y' THEN true WHEN 'n' THEN false WHEN 'true' THEN true WHEN 'false' THEN false WHEN 'yes' THEN true WHEN 'no' THEN false END`;

const text = (raw: string) => `CASE WHEN ${isMissing(raw)} THEN NULL ELSE ${raw} END`;
const code = (raw: string) => `CASE WHEN ${isMissing(raw)} THEN NULL ELSE split_part(${raw}, ' ', 1) END`;

const CASTS: Readonly<Record<ColumnKind, (raw: string) => string>> = {
  id,
  number: (raw) => finite(`TRY_CAST(${raw} AS DOUBLE)`),
  text,
  flag,
  date,
  month,
  code,
  bucket: text,
};

/** The typed column from what `rawExpression` gave. */
export function castExpression(kind: ColumnKind, raw: string): string {
  return CASTS[kind](raw);
}

/**
 * The lower end of a bucket: `10k+` is 10000, `0-100` is 0, `1000-5000` is 1000, a plain number is itself, `<100` and
 * `до 100` are 0. Null where the text holds no number.
 */
export function bucketLevel(raw: string): string {
  const number = `TRY_CAST(replace(regexp_extract(lower(${raw}), '(\\d+(?:[.,]\\d+)?)', 1), ',', '.') AS DOUBLE)`;
  const unit = `CASE regexp_extract(lower(${raw}), '\\d\\s*([kкmм])', 1) WHEN 'k' THEN 1000 WHEN 'к' THEN 1000 WHEN 'm' THEN 1000000 WHEN 'м' THEN 1000000 ELSE 1 END`;
  return `CASE WHEN ${raw} IS NULL THEN NULL WHEN isfinite(TRY_CAST(${raw} AS DOUBLE)) THEN TRY_CAST(${raw} AS DOUBLE)
    WHEN regexp_matches(lower(${raw}), '^\\s*(<|до\\s|up to|less)') THEN 0.0 ELSE ${number} * ${unit} END`;
}

/** `bucketLevel` with the levels of `known` texts looked up instead of computed. */
export function levelExpression(raw: string, known: readonly (readonly [text: string, level: number])[]): string {
  if (known.length === 0) return bucketLevel(raw);
  const cases = known.map(([text, level]) => `WHEN ${quote(text)} THEN ${level}::DOUBLE`);
  return `CASE ${raw} ${cases.join(' ')} ELSE ${bucketLevel(raw)} END`;
}
