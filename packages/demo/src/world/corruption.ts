import { hashText, Random } from '../random.ts';
import type { TableName } from './tables.ts';

type Row = Record<string, unknown>;

/** One named way to damage a version, and where a sound validation should point at. */
export interface Corruption {
  /** Tables of which a failed check must name at least one. */
  readonly tables: readonly TableName[];
  /** Words of which the failed checks (name or details) must contain at least one, lower case. */
  readonly hints: readonly string[];
  /** Damages the rows of one table of a batch; tables without an entry stay as they are. */
  readonly rows?: Partial<Record<TableName, (rows: Row[], random: Random) => Row[]>>;
  /** Batches that are announced but never sent: a share of the table's batches. */
  readonly unsent?: Partial<Record<TableName, number>>;
}

/** Changes a column in a share of the rows. */
function spoil(column: string, share: number, value: (random: Random, old: unknown) => unknown) {
  return (rows: Row[], random: Random): Row[] =>
    rows.map((row) => (random.next() < share ? { ...row, [column]: value(random, row[column]) } : row));
}

/** Permutes a column among the rows of each batch. */
function shuffle(column: string) {
  return (rows: Row[], random: Random): Row[] => {
    const values = random.shuffle(rows.map((row) => row[column]));
    return rows.map((row, i) => ({ ...row, [column]: values[i] }));
  };
}

function swap(left: string, right: string) {
  return (rows: Row[]): Row[] => rows.map((row) => ({ ...row, [left]: row[right], [right]: row[left] }));
}

/** All corruptions: THE LIST. */
const CORRUPTIONS = {
  'missing-batches': { tables: ['transaction'], hints: ['batch'], unsent: { transaction: 0.4 } },
  'missing-table': {
    tables: ['transaction'],
    hints: ['missing', 'present', 'exist', 'received', 'absent'],
    unsent: { transaction: 1 },
  },
  'null-keys': {
    tables: ['transaction', 'offer_activation'],
    hints: ['null'],
    rows: {
      transaction: spoil('user_id', 0.04, () => null),
      offer_activation: spoil('offer_id', 0.02, (random) => random.pick(['nan', '', null])),
    },
  },
  'garbage-ids': {
    tables: ['transaction'],
    hints: ['type', 'cast', 'user_id', 'integer'],
    rows: { transaction: spoil('user_id', 0.04, (random) => `usr#${random.below(1e6).toString(36)}`) },
  },
  'garbage-dates': {
    tables: ['transaction'],
    hints: ['date'],
    rows: { transaction: spoil('event_date', 0.05, (random) => `${random.between(32, 99)}.13.2025`) },
  },
  'duplicated-transactions': {
    tables: ['transaction'],
    hints: ['unique', 'duplicate'],
    rows: { transaction: (rows, random) => rows.flatMap((row) => (random.next() < 0.1 ? [row, row] : [row])) },
  },
  'orphan-references': {
    tables: ['transaction', 'offer'],
    hints: ['user_id', 'merchant', 'reference', 'unknown', 'orphan', 'people'],
    rows: {
      transaction: spoil('user_id', 0.15, (random) => 90_000_000 + random.below(1_000_000)),
      offer: spoil('merchant_id_offer', 0.3, (random) => 80_000_000 + random.below(1000)),
    },
  },
  'impossible-dates': {
    tables: ['transaction'],
    hints: ['date', 'future', 'past', '1970', '2099'],
    rows: { transaction: spoil('event_date', 0.06, (random) => random.pick(['2099-12-31', '1970-01-01'])) },
  },
  'unknown-categories': {
    tables: ['segments', 'people'],
    hints: ['segment', 'gender', 'allowed', 'set', 'values'],
    rows: {
      segments: spoil('segment', 0.2, (random) => `zz_${random.between(50, 99)}`),
      people: spoil('gender_cd', 0.2, () => 'X'),
    },
  },
  'swapped-columns': {
    tables: ['transaction'],
    hints: ['user_id', 'brand', 'people', 'reference', 'unknown'],
    rows: { transaction: swap('user_id', 'brand_dk') },
  },
  'shuffled-brands': {
    tables: ['transaction'],
    hints: ['brand', 'repeat', 'shuffle', 'habit', 'concentration'],
    rows: { transaction: shuffle('brand_dk') },
  },
  'constant-column': {
    tables: ['transaction'],
    hints: ['brand_dk', 'constant', 'distinct', 'brand', 'share'],
    rows: { transaction: spoil('brand_dk', 1, () => 1) },
  },
  'empty-table': {
    tables: ['people'],
    hints: ['row', 'empty', 'count', 'present', 'volume'],
    rows: { people: () => [] },
  },
  truncated: {
    tables: ['transaction'],
    hints: ['row', 'count', 'volume', 'shr'],
    rows: { transaction: (rows) => rows.slice(0, Math.ceil(rows.length * 0.1)) },
  },
  'absurd-ages': {
    tables: ['people'],
    hints: ['age'],
    rows: { people: spoil('age_bucket', 0.1, (random) => random.pick([-5, 999])) },
  },
} as const satisfies Record<string, Corruption>;

type CorruptionName = keyof typeof CORRUPTIONS;
export const CORRUPTION_NAMES = Object.keys(CORRUPTIONS) as CorruptionName[];

const PURPOSE = hashText('corruption');

/** The named corruption. Throws RangeError for a name that is not in the list. */
export function corruptionNamed(name: string): Corruption {
  const found = (CORRUPTIONS as Readonly<Record<string, Corruption>>)[name];
  if (!found) throw new RangeError(`unknown corruption ${name}; known: ${CORRUPTION_NAMES.join(', ')}`);
  return found;
}

/** Damages one batch of JSON rows; the same rows in, the same rows out. */
export function damage(
  corruption: Corruption,
  seed: number,
  table: TableName,
  batch: number,
  rows: readonly string[],
): readonly string[] {
  const change = corruption.rows?.[table];
  if (!change) return rows;
  const parsed = rows.map((row) => JSON.parse(row) as Row);
  return change(parsed, new Random(seed, PURPOSE, hashText(table), batch)).map((row) => JSON.stringify(row));
}
