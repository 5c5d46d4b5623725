/** Builds a World from a version's tables with DuckDB; the connection must have the views of `createTableViews`. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { readColumns, readCount, readRows } from './columns-from-duckdb.ts';
import { type Events, NO_END, type World } from './world.ts';

/** A receipts category beyond the most frequent ones is "other"; keeps the profile tables small. */
const MAX_CATEGORIES = 200;
const MAX_PRODUCT_SETS = 40;

const EPOCH = "DATE '1970-01-01'";
const dayOf = (column: string) => `CAST(${column} - ${EPOCH} AS INTEGER)`;

/** First and last day that carry a regular number of transactions: a stray date in 1970 or 2099 is not the calendar. */
async function calendar(db: DuckDBConnection): Promise<{ first: number; last: number }> {
  const [row] = await readRows(
    db,
    `WITH days AS (SELECT ${dayOf('event_date')} AS day, count(*) AS n FROM "transaction" WHERE event_date IS NOT NULL GROUP BY 1),
     typical AS (SELECT median(n) AS m FROM days)
     SELECT min(day) AS first, max(day) AS last FROM days, typical WHERE n >= 0.05 * m`,
  );
  if (row?.first == null || row.last == null) throw new Error('The version has no dated transactions.');
  return { first: Number(row.first), last: Number(row.last) };
}

async function events<const E extends Readonly<Record<string, 'i32' | 'u16' | 'u8'>>>(
  db: DuckDBConnection,
  users: number,
  from: string,
  extra: E,
  expressions: Readonly<Record<keyof E & string, string>>,
) {
  await db.run(
    `CREATE OR REPLACE TEMP TABLE ev AS SELECT u.u AS u, day, ${['0', ...Object.values(expressions)].map((e, i) => `${e} AS x${i}`).join(', ')} ${from}`,
  );
  const rows = await readCount(db, 'SELECT count(*) FROM ev');
  const extras = Object.keys(extra).map((_, i) => `x${i + 1}`);
  const columns = await readColumns(
    db,
    `SELECT ${['u::INTEGER', 'day::USMALLINT', ...extras].join(', ')} FROM ev ORDER BY ${['u', 'day', ...extras].join(', ')}`,
    rows,
    { user: 'i32', day: 'u16', ...extra } as const,
  );
  await db.run('DROP TABLE ev');
  const offsets = new Int32Array(users + 1);
  const user = (columns as unknown as { user: Int32Array }).user;
  for (let row = 0; row < rows; row++) offsets[user[row] + 1]++;
  for (let u = 0; u < users; u++) offsets[u + 1] += offsets[u];
  return { ...columns, offsets } as unknown as Events & typeof columns;
}

async function attribute(db: DuckDBConnection, users: number, name: string, expression: string) {
  await db.run(`CREATE OR REPLACE TEMP TABLE attr AS SELECT u.u AS u, coalesce(nullif(trim(CAST(${expression} AS VARCHAR)), ''), '') AS v
    FROM users u LEFT JOIN person p USING (user_id) LEFT JOIN segment s USING (user_id) LEFT JOIN account a USING (user_id)`);
  const rows = await readRows(db, "SELECT DISTINCT v FROM attr WHERE v <> '' ORDER BY v LIMIT 65000");
  const values = ['', ...rows.map((row) => String(row.v))];
  await db.run(
    `CREATE OR REPLACE TEMP TABLE codes AS SELECT v, row_number() OVER (ORDER BY v) AS code FROM (SELECT DISTINCT v FROM attr WHERE v <> '')`,
  );
  const { codes } = await readColumns(
    db,
    'SELECT CAST(coalesce(code, 0) AS USMALLINT) FROM attr LEFT JOIN codes USING (v) ORDER BY u',
    users,
    { codes: 'u16' },
  );
  return { name, values, codes };
}

/** Attributes of users, by name: the SQL over person `p`, segment `s` and account `a`. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  segment: 's.segment',
  region: 'p.region',
  region_size: 's.region_size',
  age_bucket: 'CAST(p.age_bucket AS INTEGER)',
  gender: 'p.gender_cd',
  vip_status: 's.vip_status',
  auto: 's.auto',
  traveler: 's.traveler',
  entrepreneur: 's.entrepreneur',
  products: 'a.products',
};

export async function loadWorld(db: DuckDBConnection, version: string): Promise<World> {
  const { first, last } = await calendar(db);
  const dayIn = (column: string, table: string) =>
    `SELECT *, ${dayOf(column)} - ${first} AS day FROM ${table} WHERE ${column} IS NOT NULL AND ${dayOf(column)} BETWEEN ${first} AND ${last}`;

  await db.run(`CREATE OR REPLACE TEMP TABLE users AS SELECT user_id, CAST(row_number() OVER (ORDER BY user_id) - 1 AS INTEGER) AS u
    FROM (SELECT DISTINCT user_id FROM "people" WHERE user_id IS NOT NULL)`);
  await db.run(`CREATE OR REPLACE TEMP TABLE brands AS SELECT brand_dk, CAST(row_number() OVER (ORDER BY brand_dk) - 1 AS INTEGER) AS b
    FROM (SELECT brand_dk FROM "transaction" WHERE brand_dk IS NOT NULL UNION SELECT brand_dk FROM "merchant" WHERE brand_dk IS NOT NULL)`);
  await db.run(
    'CREATE OR REPLACE TEMP TABLE person AS SELECT user_id, min(age_bucket) AS age_bucket, min(gender_cd) AS gender_cd, min(region) AS region FROM "people" GROUP BY 1',
  );
  await db.run(`CREATE OR REPLACE TEMP TABLE segment AS SELECT user_id, min(segment) AS segment, min(region_size) AS region_size, min(vip_status) AS vip_status,
    CASE WHEN bool_or(auto) THEN 'yes' WHEN NOT bool_or(auto) THEN 'no' END AS auto,
    CASE WHEN bool_or(traveler) THEN 'yes' WHEN NOT bool_or(traveler) THEN 'no' END AS traveler,
    CASE WHEN bool_or(entrepreneur) THEN 'yes' WHEN NOT bool_or(entrepreneur) THEN 'no' END AS entrepreneur FROM "segments" GROUP BY 1`);
  await db.run(`CREATE OR REPLACE TEMP TABLE account AS WITH sets AS (
      SELECT user_id, count(*) FILTER (close_month IS NULL) AS open, min(open_month) AS since,
        string_agg(DISTINCT product_cd, '+' ORDER BY product_cd) FILTER (close_month IS NULL) AS products FROM "financial_account" WHERE user_id IS NOT NULL GROUP BY 1),
    common AS (SELECT products FROM sets WHERE products IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, products LIMIT ${MAX_PRODUCT_SETS})
    SELECT user_id, open, since, CASE WHEN products IN (SELECT products FROM common) THEN products WHEN products IS NOT NULL THEN 'other' END AS products FROM sets`);

  const users = await readCount(db, 'SELECT count(*) FROM users');
  const { ids: userIds } = await readColumns(db, 'SELECT CAST(user_id AS DOUBLE) FROM users ORDER BY u', users, {
    ids: 'f64',
  });
  const attributes = [];
  for (const [name, expression] of Object.entries(ATTRIBUTES))
    attributes.push(await attribute(db, users, name, expression));
  const { open, months } = await readColumns(
    db,
    `SELECT CAST(least(coalesce(a.open, 0), 255) AS UTINYINT),
       CAST(greatest(0, least(coalesce(date_diff('month', a.since, ${EPOCH} + CAST(${last} AS INTEGER)), 0), 65535)) AS USMALLINT)
     FROM users u LEFT JOIN account a USING (user_id) ORDER BY u.u`,
    users,
    { open: 'u8', months: 'u16' },
  );

  const brandCount = await readCount(db, 'SELECT count(*) FROM brands');
  const { ids: brandIds } = await readColumns(
    db,
    'SELECT CAST(brand_dk AS DOUBLE) FROM brands ORDER BY b',
    brandCount,
    { ids: 'f64' },
  );

  await db.run(`CREATE OR REPLACE TEMP TABLE levels AS SELECT level, row_number() OVER (ORDER BY level) - 1 AS code
    FROM (SELECT level FROM (SELECT amount_bucket_level AS level, count(*) AS n FROM "transaction" WHERE amount_bucket_level IS NOT NULL GROUP BY 1)
          ORDER BY n DESC, level LIMIT 250)`);
  const levelCount = await readCount(db, 'SELECT count(*) FROM levels');
  const { levels: amountLevels } = await readColumns(db, 'SELECT level FROM levels ORDER BY code', levelCount, {
    levels: 'f64',
  });

  const transactions = await events(
    db,
    users,
    `FROM (${dayIn('event_date', '"transaction"')}) t JOIN users u USING (user_id) LEFT JOIN brands b USING (brand_dk) LEFT JOIN levels l ON l.level = t.amount_bucket_level`,
    { brand: 'i32', online: 'u8', level: 'u8' },
    {
      brand: 'CAST(coalesce(b.b, -1) AS INTEGER)',
      online: 'CAST(coalesce(CAST(online_transaction_flg AS INTEGER), 2) AS UTINYINT)',
      level: 'CAST(coalesce(l.code, 255) AS UTINYINT)',
    },
  );
  await db.run(`CREATE OR REPLACE TEMP TABLE merchants AS SELECT merchant_id_offer AS id,
    coalesce(min(brand_dk) FILTER (merchant_status = 'ACT'), min(brand_dk)) AS brand_dk FROM "merchant" WHERE merchant_id_offer IS NOT NULL GROUP BY 1`);
  await db.run(`CREATE OR REPLACE TEMP TABLE offers AS SELECT * FROM (SELECT offer_id, merchant_id_offer, start_date, end_date, offer_text,
      row_number() OVER (PARTITION BY offer_id, merchant_id_offer ORDER BY start_date, end_date DESC NULLS FIRST, offer_text) AS rank
    FROM "offer" WHERE offer_id IS NOT NULL AND merchant_id_offer IS NOT NULL AND start_date IS NOT NULL) WHERE rank = 1`);
  await db.run(`CREATE OR REPLACE TEMP TABLE offer_brand AS SELECT offer_id, min(b.b) AS b FROM offers o JOIN merchants m ON m.id = o.merchant_id_offer
    JOIN brands b USING (brand_dk) GROUP BY 1`);

  const activations = await events(
    db,
    users,
    `FROM (${dayIn('activation_date', '"offer_activation"')}) t JOIN users u USING (user_id) LEFT JOIN offer_brand o USING (offer_id)`,
    { brand: 'i32' },
    { brand: 'CAST(coalesce(o.b, -1) AS INTEGER)' },
  );
  const seens = await events(
    db,
    users,
    `FROM (${dayIn('start_date', '"offer_seens"')}) t JOIN users u USING (user_id)`,
    {},
    {},
  );
  const rewards = await events(
    db,
    users,
    `FROM (SELECT DISTINCT * FROM (${dayIn('event_date', '"offer_reward"')})) t JOIN users u USING (user_id)`,
    {},
    {},
  );
  await db.run(`CREATE OR REPLACE TEMP TABLE categories AS SELECT category_name, row_number() OVER (ORDER BY category_name) AS code
    FROM (SELECT category_name FROM "receipts" WHERE category_name IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, category_name LIMIT ${MAX_CATEGORIES})`);
  const receipts = await events(
    db,
    users,
    `FROM (${dayIn('date_operated', '"receipts"')}) t JOIN users u USING (user_id) LEFT JOIN categories c USING (category_name)`,
    { category: 'u16' },
    { category: 'CAST(coalesce(c.code, 0) AS USMALLINT)' },
  );
  const categories = [
    '',
    ...(await readRows(db, 'SELECT category_name AS v FROM categories ORDER BY code')).map((row) => String(row.v)),
  ];

  const merchantCount = await readCount(db, 'SELECT count(*) FROM merchants');
  const merchants = await readColumns(
    db,
    'SELECT CAST(id AS DOUBLE), CAST(coalesce(b.b, -1) AS INTEGER) FROM merchants LEFT JOIN brands b USING (brand_dk) ORDER BY id',
    merchantCount,
    { ids: 'f64', brand: 'i32' },
  );
  const offerCount = await readCount(db, 'SELECT count(*) FROM offers');
  const offerColumns = await readColumns(
    db,
    `SELECT CAST(offer_id AS DOUBLE), CAST(merchant_id_offer AS DOUBLE), CAST(coalesce(b.b, -1) AS INTEGER), CAST(${dayOf('start_date')} - ${first} AS INTEGER),
       CAST(CASE WHEN end_date IS NULL OR end_date >= DATE '5000-01-01' THEN ${NO_END} ELSE ${dayOf('end_date')} - ${first} END AS INTEGER)
     FROM offers o LEFT JOIN merchants m ON m.id = o.merchant_id_offer LEFT JOIN brands b USING (brand_dk) ORDER BY offer_id, merchant_id_offer`,
    offerCount,
    { ids: 'f64', merchantIds: 'f64', brand: 'i32', start: 'i32', end: 'i32' },
  );
  const texts = (
    await readRows(db, "SELECT coalesce(offer_text, '') AS v FROM offers ORDER BY offer_id, merchant_id_offer")
  ).map((row) => String(row.v));

  return {
    version,
    baseDay: first,
    lastDay: last - first,
    userIds,
    attributes,
    transactions,
    amountLevels,
    seens,
    activations,
    rewards,
    receipts,
    categories,
    accounts: { open, months },
    brandIds,
    merchants,
    offers: { ...offerColumns, texts },
  };
}
