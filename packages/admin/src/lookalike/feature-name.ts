import { useTranslate } from 'react-admin';

/** What a feature is called by people: its own words where there are some, the value of an attribute after it. */
export function useFeatureName(): (feature: string) => string {
  const translate = useTranslate();
  return (feature) => {
    const at = feature.indexOf('=');
    if (at < 0) return translate(`lookalike.feature.${feature}`, { _: feature });
    const name = feature.slice(0, at);
    const value = feature.slice(at + 1);
    return `${translate(`lookalike.feature.${name}`, { _: name })}: ${valueText(value, translate)}`;
  };
}

export function useValueText(): (value: string) => string {
  const translate = useTranslate();
  return (value) => valueText(value, translate);
}

/** Ranges of behaviour are named by their lower end. */
function valueText(value: string, translate: (key: string, options?: object) => string): string {
  if (value === '' || value === 'unknown') return translate('lookalike.unknown');
  if (value.startsWith('>=')) return `≥ ${value.slice(2)}`;
  return translate(`lookalike.value.${value}`, { _: value });
}
