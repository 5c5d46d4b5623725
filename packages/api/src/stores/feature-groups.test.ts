import { expect, it } from 'vitest';
import { suggestDefaults, suggestGroup } from './feature-groups.ts';

it('tells the group of a column by its name, in English and Russian', () => {
  const groups = Object.fromEntries(
    [
      'Store',
      'Store Number',
      'sales_mean',
      'customers_mean',
      'avg_ticket',
      'days_open',
      'StoreType',
      'CompetitionDistance',
      'lat',
      'latency_index',
      'weekend_ratio',
      'favourite_category',
      'Выручка',
      'Средний чек',
      'Код магазина ТК',
      'Номер магазин',
      'Площадь',
    ].map((name) => [name, suggestGroup(name)]),
  );
  expect(groups).toEqual({
    Store: null,
    'Store Number': null,
    sales_mean: 'commercial',
    customers_mean: 'client_kpi',
    avg_ticket: 'client_kpi',
    days_open: 'operational',
    StoreType: 'operational',
    CompetitionDistance: 'geo',
    lat: null,
    latency_index: 'analytical',
    weekend_ratio: 'analytical',
    favourite_category: 'client_preferences',
    Выручка: 'commercial',
    'Средний чек': 'client_kpi',
    'Код магазина ТК': 'analytical',
    'Номер магазин': null,
    Площадь: 'operational',
  });
});

it('takes as default parameters numbers of sales and clients, not flags', () => {
  const column = (name: string, distinct: number, type: 'number' | 'text' = 'number') => ({
    name,
    type,
    distinct,
    missing: 0,
    exact: true,
    numbers: null,
    top: [],
  });
  const columns = [
    column('sales', 90),
    column('Promo2', 2),
    column('area', 50),
    column('PromoSinceWeek', 30),
    column('client_type', 5, 'text'),
  ];
  expect(
    suggestDefaults(columns, {
      sales: 'commercial',
      Promo2: 'commercial',
      PromoSinceWeek: 'commercial',
      area: 'operational',
    }),
  ).toEqual(['sales']);
});
