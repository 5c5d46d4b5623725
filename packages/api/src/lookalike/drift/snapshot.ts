/** What drift is measured on: the tables of a version's clients, or of a sample of them, as typed arrays. */
import type { DuckDbSession } from '../../tables/duckdb-session.ts';
import { readColumns } from '../engine/columns-from-duckdb.ts';

export interface Labelled {
  readonly labels: readonly string[];
  /** Label of each client or row; -1 for a missing value. */
  readonly codes: Int32Array;
}

/** An ordered column: each row at the largest level not above its value, -1 for a missing value. */
export interface Levelled {
  readonly levels: readonly number[];
  readonly codes: Int32Array;
}

/** Rows with a client and a day. */
export interface Events {
  readonly client: Int32Array;
  /** Days before the snapshot's last day. */
  readonly age: Int32Array;
}

export interface Transactions extends Events {
  /** Index into `brandIds`, -1 for none. */
  readonly brand: Int32Array;
  /** 0, 1, or -1 for a missing value. */
  readonly online: Int32Array;
  /** 1 where an offer for the brand ran on the day, else 0. */
  readonly offered: Uint8Array;
  readonly amount: Levelled;
}

export interface Receipts extends Events {
  readonly category: Labelled;
  readonly cost: Levelled;
  readonly items: Levelled;
}

export interface Snapshot {
  readonly clients: number;
  readonly clientIds: Float64Array;
  /** Last day with a regular number of transactions. */
  readonly last: string;
  /** Days from the first to the last regular day. */
  readonly days: number;
  /** Days that natural variation may be learned from; 0 in a part of a snapshot. */
  readonly natureDays: number;
  readonly brandIds: Float64Array;
  readonly transactions: Transactions;
  readonly receipts: Receipts;
  /** Attributes of clients by name; code of each client. */
  readonly attributes: Readonly<Record<string, Labelled>>;
  readonly age: Float64Array;
  /** Accounts: client and code of each row. */
  readonly products: Labelled & { readonly client: Int32Array };
  readonly accountStatus: Labelled & { readonly client: Int32Array };
  /** Offers seen and activated per client, over the whole snapshot. */
  readonly seen: Float64Array;
  readonly activated: Float64Array;
}

/** More different numbers than this are continuous and get cut at quantiles. */
const MOST_LEVELS = 40;
const QUANTILES = 20;
/** Labels beyond the most frequent ones say nothing about a mix. */
const MOST_LABELS = 400;

async function countRows(db: DuckDbSession, from: string): Promise<number> {
  return Number((await db.row(`SELECT count(*) AS n FROM ${from}`)).n);
}

/** Levels of a numeric column: its values, or, if they are many, quantiles joined with the levels of the reference. */
async function levelsOf(
  db: DuckDbSession,
  table: string,
  column: string,
  reference: readonly number[] | undefined,
): Promise<number[]> {
  const rows = await db.rows(
    `SELECT DISTINCT ${column} AS v FROM ${table} WHERE ${column} IS NOT NULL ORDER BY v LIMIT ${MOST_LEVELS + 1}`,
  );
  if (rows.length <= MOST_LEVELS) return rows.map((row) => Number(row.v));
  const steps = Array.from({ length: QUANTILES }, (_, i) => i / QUANTILES);
  const { q } = await db.row(
    `SELECT quantile_disc(${column}, [${steps.join(', ')}])::DOUBLE[]::JSON::VARCHAR AS q FROM ${table}`,
  );
  const own = JSON.parse(String(q)) as number[];
  const joined = new Set([...own, ...(reference && reference.length <= 3 * QUANTILES ? reference : [])]);
  return [...joined].sort((a, b) => a - b);
}

/** Index of the largest level not above the value. */
function levelCode(column: string, levels: readonly number[]): string {
  if (levels.length === 0) return '-1';
  const above = levels.slice(1).map((level) => `(${column} >= ${level})::INTEGER`);
  return `CASE WHEN ${column} IS NULL THEN -1 ELSE ${above.length > 0 ? above.join(' + ') : '0'} END`;
}

/** Gives the labels of a text column their codes in a temporary table `labels(v, code)`. */
async function numberLabels(db: DuckDbSession, table: string, column: string): Promise<string[]> {
  await db.run(
    `CREATE OR REPLACE TEMP TABLE labels AS SELECT v, (row_number() OVER (ORDER BY v) - 1)::INTEGER AS code FROM (
      SELECT ${column}::VARCHAR AS v, count(*) AS n FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY n DESC, v LIMIT ${MOST_LABELS})`,
  );
  return (await db.rows('SELECT v FROM labels ORDER BY code')).map((row) => String(row.v));
}

async function clientAttribute(db: DuckDbSession, clients: number, column: string): Promise<Labelled> {
  const labels = await numberLabels(db, 'client_attributes', column);
  const { codes } = await readColumns(
    db.connection,
    `SELECT coalesce(l.code, -1) FROM client_attributes a LEFT JOIN labels l ON l.v = a.${column}::VARCHAR ORDER BY a.u`,
    clients,
    { codes: 'i32' },
  );
  return { labels, codes };
}

async function accountColumn(db: DuckDbSession, column: string): Promise<Labelled & { client: Int32Array }> {
  const labels = await numberLabels(db, 'financial_account', column);
  const from = 'financial_account f JOIN clients c USING (user_id)';
  const columns = await readColumns(
    db.connection,
    `SELECT c.u, coalesce(l.code, -1) FROM ${from} LEFT JOIN labels l ON l.v = f.${column}`,
    await countRows(db, from),
    { client: 'i32', codes: 'i32' },
  );
  return { labels, ...columns };
}

async function rowsPerClient(db: DuckDbSession, clients: number, table: string): Promise<Float64Array> {
  const { n } = await readColumns(
    db.connection,
    `SELECT coalesce(s.n, 0)::DOUBLE FROM clients LEFT JOIN (SELECT user_id, count(*) AS n FROM ${table} GROUP BY 1) s USING (user_id) ORDER BY u`,
    clients,
    { n: 'f64' },
  );
  return n;
}

/** The attributes that mixes are compared on: SQL over people `p` and segments `s`. */
const ATTRIBUTES = {
  segment: 's.segment',
  region_size: 's.region_size',
  vip_status: 's.vip_status',
  gender: 'p.gender_cd',
  region: 'p.region',
  auto: 's.auto',
  traveler: 's.traveler',
  entrepreneur: 's.entrepreneur',
} as const;
export type AttributeName = keyof typeof ATTRIBUTES;
export const ATTRIBUTE_NAMES = Object.keys(ATTRIBUTES) as AttributeName[];

/** Levels of the reference's ordered features, so that both versions are cut at the same places. */
export type ReferenceLevels = Readonly<Partial<Record<'amount' | 'receipt_cost' | 'receipt_items', readonly number[]>>>;

const DAY_FROM = (last: string, column: string) => `(DATE '${last}' - ${column})::INTEGER`;

async function transactions(
  db: DuckDbSession,
  last: string,
  first: string,
  days: number,
  brands: number,
  reference: ReferenceLevels,
): Promise<Transactions> {
  await db.run(`CREATE OR REPLACE TEMP VIEW tx AS SELECT c.u, ${DAY_FROM(last, 'event_date')} AS age, brand_dk, amount_bucket_level AS level, online_transaction_flg AS online
    FROM transaction JOIN clients c USING (user_id) WHERE event_date BETWEEN DATE '${first}' AND DATE '${last}'`);
  const levels = await levelsOf(db, 'tx', 'level', reference.amount);
  const { client, age, brand, online, amount } = await readColumns(
    db.connection,
    `SELECT u, age, coalesce(b, -1), CASE WHEN online THEN 1 WHEN NOT online THEN 0 ELSE -1 END, (${levelCode('level', levels)})::INTEGER
     FROM tx LEFT JOIN brands USING (brand_dk)`,
    await countRows(db, 'tx'),
    { client: 'i32', age: 'i32', brand: 'i32', online: 'i32', amount: 'i32' },
  );
  const offered = await duringOffers(db, last, days, brands, brand, age);
  return { client, age, brand, online, offered, amount: { levels, codes: amount } };
}

/** Longer offers are a state of the brand, not an event. */
const LONGEST_OFFER_DAYS = 120;

/** Marks purchases at brands on days on which an offer for them ran: what offers bring says nothing of taste. */
async function duringOffers(
  db: DuckDbSession,
  last: string,
  days: number,
  brands: number,
  brand: Int32Array,
  age: Int32Array,
) {
  const running = new Uint8Array(brands * days);
  const offers = await db.rows(
    `SELECT DISTINCT b.b AS brand, ${DAY_FROM(last, 'o.start_date')} AS oldest, ${DAY_FROM(last, 'o.end_date')} AS youngest
     FROM offer o JOIN merchant m USING (merchant_id_offer) JOIN brands b USING (brand_dk) WHERE o.end_date - o.start_date BETWEEN 0 AND ${LONGEST_OFFER_DAYS}`,
  );
  for (const offer of offers) {
    const from = Math.max(0, Number(offer.youngest));
    const to = Math.min(days - 1, Number(offer.oldest));
    for (let day = from; day <= to; day++) running[Number(offer.brand) * days + day] = 1;
  }
  return Uint8Array.from(brand, (b, i) => (b >= 0 && age[i] < days ? running[b * days + age[i]] : 0));
}

async function receipts(db: DuckDbSession, last: string, reference: ReferenceLevels): Promise<Receipts> {
  await db.run(`CREATE OR REPLACE TEMP VIEW rc AS SELECT c.u, ${DAY_FROM(last, 'date_operated')} AS age, category_name, items_count, items_cost_level
    FROM receipts JOIN clients c USING (user_id) WHERE date_operated BETWEEN DATE '1900-01-01' AND DATE '${last}'`);
  const labels = await numberLabels(db, 'rc', 'category_name');
  const costs = await levelsOf(db, 'rc', 'items_cost_level', reference.receipt_cost);
  const counts = await levelsOf(db, 'rc', 'items_count', reference.receipt_items);
  const { client, age, category, cost, items } = await readColumns(
    db.connection,
    `SELECT u, age, coalesce(code, -1), (${levelCode('items_cost_level', costs)})::INTEGER, (${levelCode('items_count', counts)})::INTEGER
     FROM rc LEFT JOIN labels ON v = category_name`,
    await countRows(db, 'rc'),
    { client: 'i32', age: 'i32', category: 'i32', cost: 'i32', items: 'i32' },
  );
  return {
    client,
    age,
    category: { labels, codes: category },
    cost: { levels: costs, codes: cost },
    items: { levels: counts, codes: items },
  };
}

/** Transactions that are enough for the declared sizes to stand out; more are sampled client by client. */
const ENOUGH_TRANSACTIONS = 250_000;

/** One client in how many is looked at. A power of two, so that versions of about one size look at the same clients. */
async function sampledShare(db: DuckDbSession): Promise<number> {
  const rows = await countRows(db, 'transaction');
  return 2 ** Math.max(0, Math.ceil(Math.log2(rows / ENOUGH_TRANSACTIONS)));
}

/** Reads the views made by createTableViews. Undefined if the version has no dated transactions. */
export async function loadSnapshot(db: DuckDbSession, reference: ReferenceLevels = {}): Promise<Snapshot | undefined> {
  const calendar = await db.row(
    `WITH days AS (SELECT event_date AS d, count(*) AS n FROM transaction WHERE event_date BETWEEN DATE '1900-01-01' AND DATE '9999-12-31' GROUP BY 1)
     SELECT min(d)::VARCHAR AS first, max(d)::VARCHAR AS last, (max(d) - min(d) + 1)::BIGINT AS days FROM days WHERE n >= 0.05 * (SELECT median(n) FROM days)`,
  );
  if (calendar.last === null) return undefined;
  const last = String(calendar.last);

  const share = await sampledShare(db);
  await db.run(`CREATE OR REPLACE TEMP TABLE clients AS SELECT user_id, (row_number() OVER (ORDER BY user_id) - 1)::INTEGER AS u
    FROM (SELECT DISTINCT user_id FROM people WHERE user_id IS NOT NULL AND hash(user_id) % ${share} = 0)`);
  const clients = await countRows(db, 'clients');
  const { clientIds } = await readColumns(db.connection, 'SELECT user_id::DOUBLE FROM clients ORDER BY u', clients, {
    clientIds: 'f64',
  });
  await db.run(`CREATE OR REPLACE TEMP TABLE brands AS SELECT brand_dk, (row_number() OVER (ORDER BY brand_dk) - 1)::INTEGER AS b
    FROM (SELECT DISTINCT brand_dk FROM transaction WHERE brand_dk IS NOT NULL)`);
  const brands = await countRows(db, 'brands');
  const { brandIds } = await readColumns(db.connection, 'SELECT brand_dk::DOUBLE FROM brands ORDER BY b', brands, {
    brandIds: 'f64',
  });
  const attributeColumns = Object.entries(ATTRIBUTES).map(([name, sql]) => `${sql} AS ${name}`);
  await db.run(`CREATE OR REPLACE TEMP TABLE client_attributes AS SELECT c.u, p.age_bucket, ${attributeColumns.join(', ')}
    FROM clients c LEFT JOIN (SELECT user_id, min(age_bucket) AS age_bucket, min(gender_cd) AS gender_cd, min(region) AS region FROM people GROUP BY 1) p USING (user_id)
    LEFT JOIN (SELECT user_id, min(segment) AS segment, min(region_size) AS region_size, min(vip_status) AS vip_status, bool_or(auto) AS auto,
      bool_or(traveler) AS traveler, bool_or(entrepreneur) AS entrepreneur FROM segments GROUP BY 1) s USING (user_id)`);
  const attributes: Record<string, Labelled> = {};
  for (const name of ATTRIBUTE_NAMES) attributes[name] = await clientAttribute(db, clients, name);
  const { age } = await readColumns(
    db.connection,
    "SELECT coalesce(age_bucket, 'nan'::DOUBLE) FROM client_attributes ORDER BY u",
    clients,
    { age: 'f64' },
  );
  return {
    clients,
    clientIds,
    last,
    days: Number(calendar.days),
    natureDays: Number(calendar.days),
    brandIds,
    transactions: await transactions(db, last, String(calendar.first), Number(calendar.days), brands, reference),
    receipts: await receipts(db, last, reference),
    attributes,
    age,
    products: await accountColumn(db, 'product_cd'),
    accountStatus: await accountColumn(db, 'account_status_cd'),
    seen: await rowsPerClient(db, clients, 'offer_seens'),
    activated: await rowsPerClient(db, clients, 'offer_activation'),
  };
}
