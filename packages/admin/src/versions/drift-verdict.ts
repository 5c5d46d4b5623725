import { number, percent } from '../display/numbers.ts';
import type { DriftFeature } from './drift-features.ts';

type Translate = (key: string, options?: Readonly<Record<string, unknown>>) => string;

/** Features that a verdict names. */
const MOST_NAMED = 3;

/** What has changed, in one sentence: the worst features first, each by how much and in which days. */
export function driftVerdict(features: readonly DriftFeature[], translate: Translate, locale: string): string {
  const drifted = features.filter((feature) => feature.drifted).toSorted((a, b) => b.score - a.score);
  if (drifted.length === 0) return translate('versions.drift.verdict.none');
  const told = drifted.slice(0, MOST_NAMED).map((feature) =>
    translate('versions.drift.verdict.feature', {
      name: translate(`versions.feature.${feature.feature}`, { _: feature.description }).toLowerCase(),
      size: sizeOf(feature, translate, locale),
      days: daysOf(feature.window ?? 'all', translate),
    }),
  );
  const list = told.join(', ');
  const more = drifted.length - told.length;
  return translate('versions.drift.verdict.drifted', {
    features: more > 0 ? `${list} ${translate('versions.drift.verdict.more', { count: more })}` : list,
  });
}

function sizeOf({ kind, effectSize = 0 }: DriftFeature, translate: Translate, locale: string): string {
  if (kind === 'loss') return percent(effectSize, locale);
  const isShare = kind === 'mix' || kind === 'share';
  const size = isShare ? (100 * effectSize).toFixed(1) : effectSize.toFixed(2);
  return translate(`versions.drift.verdict.${isShare ? 'points' : 'deviations'}`, {
    size: number(Number(size), locale),
  });
}

function daysOf(window: string, translate: Translate): string {
  const key = /^\d+$/.test(window) ? 'last' : window.replaceAll(' ', '_');
  return translate(`versions.drift.verdict.window.${key}`, { days: window, _: window });
}
