/** The words of the bank: what clients, segments, categories and products are called. */

export const DIMENSIONS = 8;

export interface Segment {
  readonly code: string;
  readonly size: 'msk' | 'urban' | 'town' | 'rural';
  readonly weight: number;
}

function segmentsOf(prefix: string, size: Segment['size'], count: number, share: number): Segment[] {
  return Array.from({ length: count }, (_, i) => ({
    code: `${prefix}_${String(i + 1).padStart(2, '0')}`,
    size,
    weight: (share / count) * (0.6 + ((i * 7) % 5) * 0.2),
  }));
}

/** The 44 segments of the bank, by kind of place. */
export const SEGMENTS: readonly Segment[] = [
  ...segmentsOf('m', 'msk', 11, 0.18),
  ...segmentsOf('u', 'urban', 12, 0.4),
  ...segmentsOf('t', 'town', 12, 0.28),
  ...segmentsOf('r', 'rural', 9, 0.14),
];

export const REGIONS: readonly string[] = [
  'МОСКВА',
  'САНКТ-ПЕТЕРБУРГ',
  'МОСКОВСКАЯ ОБЛ',
  'СВЕРДЛОВСКАЯ ОБЛ',
  'КРАСНОДАРСКИЙ КРАЙ',
  'ТАТАРСТАН РЕСП',
  'НОВОСИБИРСКАЯ ОБЛ',
  'РОСТОВСКАЯ ОБЛ',
  'БАШКОРТОСТАН РЕСП',
  'САМАРСКАЯ ОБЛ',
  'НИЖЕГОРОДСКАЯ ОБЛ',
  'ПЕРМСКИЙ КРАЙ',
  'ЧЕЛЯБИНСКАЯ ОБЛ',
  'ВОРОНЕЖСКАЯ ОБЛ',
];

export const VIP = ['not_vip', 'UPPERMASS', 'PREMIUM', 'PRIVATE'] as const;
export const VIP_WEIGHTS = [0.82, 0.12, 0.05, 0.01];

/** A kind of shop: how its brands sell (share of the market, online share, typical cheque in roubles). */
export interface Category {
  readonly name: string;
  readonly receipt: string;
  readonly weight: number;
  readonly online: number;
  readonly cheque: number;
}

export const CATEGORIES: readonly Category[] = [
  { name: 'supermarket', receipt: 'продукты питания', weight: 3, online: 0.12, cheque: 900 },
  { name: 'pharmacy', receipt: 'лекарства', weight: 2, online: 0.15, cheque: 700 },
  { name: 'marketplace', receipt: 'товары для дома', weight: 2.2, online: 0.97, cheque: 1500 },
  { name: 'fast-food', receipt: 'готовая еда', weight: 2, online: 0.2, cheque: 500 },
  { name: 'restaurant', receipt: 'рестораны', weight: 1.4, online: 0.05, cheque: 2200 },
  { name: 'coffee', receipt: 'кофе и напитки', weight: 1.2, online: 0.08, cheque: 350 },
  { name: 'fuel', receipt: 'топливо', weight: 1.5, online: 0.04, cheque: 2000 },
  { name: 'taxi', receipt: 'такси', weight: 1, online: 0.98, cheque: 450 },
  { name: 'clothes', receipt: 'одежда', weight: 1.6, online: 0.45, cheque: 3500 },
  { name: 'shoes', receipt: 'обувь', weight: 0.8, online: 0.4, cheque: 4000 },
  { name: 'beauty', receipt: 'косметика', weight: 1.2, online: 0.35, cheque: 1300 },
  { name: 'electronics', receipt: 'электроника', weight: 0.9, online: 0.55, cheque: 9000 },
  { name: 'children', receipt: 'детские товары', weight: 0.9, online: 0.4, cheque: 1800 },
  { name: 'pets', receipt: 'зоотовары', weight: 0.8, online: 0.4, cheque: 1500 },
  { name: 'books', receipt: 'книги', weight: 0.5, online: 0.6, cheque: 900 },
  { name: 'cinema', receipt: 'развлечения', weight: 0.7, online: 0.75, cheque: 1000 },
  { name: 'sport', receipt: 'спорттовары', weight: 0.7, online: 0.4, cheque: 3000 },
  { name: 'furniture', receipt: 'мебель', weight: 0.5, online: 0.3, cheque: 15000 },
  { name: 'repair', receipt: 'стройматериалы', weight: 0.9, online: 0.2, cheque: 3200 },
  { name: 'travel', receipt: 'билеты', weight: 0.7, online: 0.95, cheque: 12000 },
  { name: 'education', receipt: 'обучение', weight: 0.3, online: 0.95, cheque: 5000 },
  { name: 'jewellery', receipt: 'украшения', weight: 0.4, online: 0.3, cheque: 8000 },
  { name: 'flowers', receipt: 'цветы', weight: 0.5, online: 0.45, cheque: 2500 },
  { name: 'telecom', receipt: 'связь', weight: 0.6, online: 0.9, cheque: 600 },
];
