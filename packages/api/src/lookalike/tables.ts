/**
 * The ten tables of a look-alike version: THE LIST. Ingest's casts, the validation suite, the GraphQL types and the
 * documentation derive from it. Column meanings and the real data's oddities: ../shared/contracts/lookalike.md.
 */

/**
 * How a column is cast by ingest.
 * - `id`: integer; arrives as 918, "918" or "428916.0". BIGINT in Parquet.
 * - `number`: DOUBLE. - `text`: trimmed VARCHAR. - `flag`: BOOLEAN from 1/0, 1.0/0.0, Y/N, true/false.
 * - `date`: DATE from `YYYY-MM-DD` with or without a time. - `month`: DATE (first of the month) from `YYYY-MM` or a date.
 * - `code`: VARCHAR, the part before the first blank (`t_10 (40)` -> `t_10`).
 * - `bucket`: VARCHAR as it came, and beside it `<column>_level` DOUBLE: the bucket's lower end as a number
 *   (`10k+` -> 10000, `0-100` -> 0, `1000-5000` -> 1000, a plain number -> itself).
 * Missing is null, "", "nan", "none", "null", "nat", "<na>" (any case) or NaN in every kind.
 */
export type ColumnKind = 'id' | 'number' | 'text' | 'flag' | 'date' | 'month' | 'code' | 'bucket';

export interface Column {
  readonly kind: ColumnKind;
  /** A row without it is of no use; nulls beyond the tolerance make the version invalid. */
  readonly key?: boolean;
}

export interface Table {
  readonly columns: Readonly<Record<string, Column>>;
  /** Column that identifies a row, where there is one. */
  readonly unique?: string;
  /** Without it no version can be processed, not even the first. */
  readonly core?: boolean;
}

export const TABLES = {
  people: {
    core: true,
    unique: 'user_id',
    columns: {
      user_id: { kind: 'id', key: true },
      age_bucket: { kind: 'number' },
      gender_cd: { kind: 'code' },
      region: { kind: 'text' },
      last_activity_day: { kind: 'text' },
    },
  },
  segments: {
    unique: 'user_id',
    columns: {
      user_id: { kind: 'id', key: true },
      segment: { kind: 'code' },
      region_size: { kind: 'code' },
      auto: { kind: 'flag' },
      traveler: { kind: 'flag' },
      entrepreneur: { kind: 'flag' },
      vip_status: { kind: 'code' },
    },
  },
  transaction: {
    core: true,
    unique: 'transaction_id',
    columns: {
      transaction_id: { kind: 'id' },
      user_id: { kind: 'id', key: true },
      merchant_id_tx: { kind: 'id' },
      event_date: { kind: 'date', key: true },
      amount_bucket: { kind: 'bucket' },
      online_transaction_flg: { kind: 'flag' },
      brand_dk: { kind: 'id' },
    },
  },
  offer: {
    core: true,
    columns: {
      offer_id: { kind: 'id', key: true },
      merchant_id_offer: { kind: 'id', key: true },
      start_date: { kind: 'date', key: true },
      end_date: { kind: 'date' },
      offer_text: { kind: 'text' },
    },
  },
  merchant: {
    core: true,
    unique: 'merchant_id_offer',
    columns: {
      merchant_id_offer: { kind: 'id', key: true },
      merchant_status: { kind: 'code' },
      brand_dk: { kind: 'id' },
    },
  },
  financial_account: {
    columns: {
      user_id: { kind: 'id', key: true },
      product_cd: { kind: 'code' },
      open_month: { kind: 'month' },
      close_month: { kind: 'month' },
      account_status_cd: { kind: 'code' },
    },
  },
  offer_seens: {
    columns: {
      user_id: { kind: 'id', key: true },
      offer_id: { kind: 'id', key: true },
      start_date: { kind: 'date' },
      end_date: { kind: 'date' },
    },
  },
  offer_activation: {
    columns: {
      user_id: { kind: 'id', key: true },
      offer_id: { kind: 'id', key: true },
      activation_date: { kind: 'date' },
    },
  },
  offer_reward: {
    columns: {
      user_id: { kind: 'id', key: true },
      offer_id: { kind: 'id', key: true },
      event_date: { kind: 'date' },
      reward_amt: { kind: 'number' },
    },
  },
  receipts: {
    columns: {
      user_id: { kind: 'id', key: true },
      date_operated: { kind: 'date' },
      category_name: { kind: 'text' },
      items_count: { kind: 'number' },
      items_cost: { kind: 'bucket' },
    },
  },
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof TABLES;

export const TABLE_NAMES = Object.keys(TABLES) as TableName[];
