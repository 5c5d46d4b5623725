import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { TranslationMessages } from 'react-admin';
import { describe, expect, it } from 'vitest';
import type { DriftFeature } from './drift-features.ts';
import { driftVerdict } from './drift-verdict.ts';
import { versionsEn } from './versions.en.ts';
import { versionsRu } from './versions.ru.ts';

const feature = (name: string, facts: Partial<DriftFeature>): DriftFeature => ({
  feature: name,
  description: name,
  kind: 'score',
  drifted: true,
  score: 0.5,
  effectSize: 0.456,
  threshold: 0.15,
  pValue: 0.001,
  reference: undefined,
  current: undefined,
  window: '28',
  statistics: [],
  column: undefined,
  ...facts,
});

const FEATURES = [
  feature('amount', {}),
  feature('online_share', { kind: 'share', effectSize: 0.0734, score: 0.9, window: 'same days' }),
  feature('taste', { kind: 'loss', effectSize: 0.4, score: 0.3, window: 'all' }),
  feature('region', { kind: 'mix', score: 0.1 }),
  feature('age', { drifted: false, score: 0 }),
];

describe.each([
  {
    locale: 'en',
    messages: versionsEn,
    drift:
      "Drift: share of online purchases by 7.3 points over the reference's last four weeks, level of amounts by 0.46 standard deviations in the last 28 days, how new brands go with those one had by 40% over the whole snapshot and 1 more.",
    none: 'No feature changed',
  },
  {
    locale: 'ru',
    messages: versionsRu,
    drift:
      'Дрейф: доля покупок в интернете — на 7,3 п. п. за последние четыре недели эталона, уровень сумм — на 0,46 ст. откл. за последние 28 дней, как новые бренды сочетаются с прежними — на 40\u00a0% по всему снимку и ещё 1.',
    none: 'Ни один признак',
  },
])('a verdict in $locale', ({ locale, messages, drift, none }) => {
  const { translate } = polyglotI18nProvider(() => messages as unknown as TranslationMessages, locale);

  it('names the worst three with how much they have moved and when', () => {
    expect(driftVerdict(FEATURES, translate, locale)).toBe(drift);
  });

  it('says that nothing has changed', () => {
    expect(driftVerdict([feature('age', { drifted: false })], translate, locale)).toContain(none);
  });
});
