/**
 * One version of the bank's data as columnar arrays: what features, training and serving read. Days are integers counted
 * from `baseDay` (days since 1970-01-01); user, brand and offer are positions in their lists. Rows of a user are
 * contiguous (`offsets[u] .. offsets[u + 1]`) and sorted by day, so that "before a day" is a prefix.
 */
import { type PackableArray, packArrays, unpackArrays } from './packed-arrays.ts';

/** A categorical attribute of users; code 0 is "missing". */
export interface Attribute {
  readonly name: string;
  /** Value of each code; `values[0]` is ''. */
  readonly values: readonly string[];
  readonly codes: Uint16Array;
}

/** Events of users, sorted by user, then day. */
export interface Events {
  readonly offsets: Int32Array;
  readonly day: Uint16Array;
}

export interface World {
  readonly version: string;
  readonly baseDay: number;
  /** Last day with regular transactions; the snapshot knows nothing after it. */
  readonly lastDay: number;
  readonly userIds: Float64Array;
  readonly attributes: readonly Attribute[];
  readonly transactions: Events & {
    /** Brand position, -1 where the transaction has none. */
    readonly brand: Int32Array;
    /** 0 offline, 1 online, 2 unknown. */
    readonly online: Uint8Array;
    /** Position in `amountLevels`; 255 unknown. */
    readonly level: Uint8Array;
  };
  /** Lower end of each amount bucket, ascending. */
  readonly amountLevels: Float64Array;
  readonly seens: Events;
  readonly activations: Events & { readonly brand: Int32Array };
  readonly rewards: Events;
  readonly receipts: Events & { readonly category: Uint16Array };
  readonly categories: readonly string[];
  /** Open accounts now, and months since the first one was opened (0 where unknown). */
  readonly accounts: { readonly open: Uint8Array; readonly months: Uint16Array };
  readonly brandIds: Float64Array;
  readonly merchants: { readonly ids: Float64Array; readonly brand: Int32Array };
  readonly offers: {
    readonly ids: Float64Array;
    readonly merchantIds: Float64Array;
    /** -1 where the merchant has no brand or is unknown. */
    readonly brand: Int32Array;
    /** Days from baseDay; may be negative or after lastDay. */
    readonly start: Int32Array;
    /** Inclusive; NO_END where the offer does not end. */
    readonly end: Int32Array;
    readonly texts: readonly string[];
  };
}

export const NO_END = 0x7fffffff;

interface Meta {
  version: string;
  baseDay: number;
  lastDay: number;
  attributes: { name: string; values: readonly string[] }[];
  categories: readonly string[];
  texts: readonly string[];
}

export function packWorld(world: World): Uint8Array {
  const arrays: Record<string, PackableArray> = {
    userIds: world.userIds,
    amountLevels: world.amountLevels,
    brandIds: world.brandIds,
    'accounts.open': world.accounts.open,
    'accounts.months': world.accounts.months,
    'merchants.ids': world.merchants.ids,
    'merchants.brand': world.merchants.brand,
    'offers.ids': world.offers.ids,
    'offers.merchantIds': world.offers.merchantIds,
    'offers.brand': world.offers.brand,
    'offers.start': world.offers.start,
    'offers.end': world.offers.end,
    'tx.offsets': world.transactions.offsets,
    'tx.day': world.transactions.day,
    'tx.brand': world.transactions.brand,
    'tx.online': world.transactions.online,
    'tx.level': world.transactions.level,
    'seens.offsets': world.seens.offsets,
    'seens.day': world.seens.day,
    'activations.offsets': world.activations.offsets,
    'activations.day': world.activations.day,
    'activations.brand': world.activations.brand,
    'rewards.offsets': world.rewards.offsets,
    'rewards.day': world.rewards.day,
    'receipts.offsets': world.receipts.offsets,
    'receipts.day': world.receipts.day,
    'receipts.category': world.receipts.category,
  };
  for (const attribute of world.attributes) arrays[`attribute.${attribute.name}`] = attribute.codes;
  const meta: Meta = {
    version: world.version,
    baseDay: world.baseDay,
    lastDay: world.lastDay,
    attributes: world.attributes.map(({ name, values }) => ({ name, values })),
    categories: world.categories,
    texts: world.offers.texts,
  };
  return packArrays(arrays, JSON.parse(JSON.stringify(meta)));
}

export function unpackWorld(buffer: ArrayBufferLike): World {
  const packed = unpackArrays(buffer);
  const meta = packed.meta as unknown as Meta;
  const events = (name: string): Events => ({
    offsets: packed.get(`${name}.offsets`, 'Int32Array'),
    day: packed.get(`${name}.day`, 'Uint16Array'),
  });
  return {
    version: meta.version,
    baseDay: meta.baseDay,
    lastDay: meta.lastDay,
    userIds: packed.get('userIds', 'Float64Array'),
    attributes: meta.attributes.map(({ name, values }) => ({
      name,
      values,
      codes: packed.get(`attribute.${name}`, 'Uint16Array'),
    })),
    transactions: {
      ...events('tx'),
      brand: packed.get('tx.brand', 'Int32Array'),
      online: packed.get('tx.online', 'Uint8Array'),
      level: packed.get('tx.level', 'Uint8Array'),
    },
    amountLevels: packed.get('amountLevels', 'Float64Array'),
    seens: events('seens'),
    activations: { ...events('activations'), brand: packed.get('activations.brand', 'Int32Array') },
    rewards: events('rewards'),
    receipts: { ...events('receipts'), category: packed.get('receipts.category', 'Uint16Array') },
    categories: meta.categories,
    accounts: { open: packed.get('accounts.open', 'Uint8Array'), months: packed.get('accounts.months', 'Uint16Array') },
    brandIds: packed.get('brandIds', 'Float64Array'),
    merchants: { ids: packed.get('merchants.ids', 'Float64Array'), brand: packed.get('merchants.brand', 'Int32Array') },
    offers: {
      ids: packed.get('offers.ids', 'Float64Array'),
      merchantIds: packed.get('offers.merchantIds', 'Float64Array'),
      brand: packed.get('offers.brand', 'Int32Array'),
      start: packed.get('offers.start', 'Int32Array'),
      end: packed.get('offers.end', 'Int32Array'),
      texts: meta.texts,
    },
  };
}
