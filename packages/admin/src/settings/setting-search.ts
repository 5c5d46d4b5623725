import type { Result } from '../graphql/graphql.ts';
import type { SettingList } from './setting-documents.ts';

export type Setting = Result<typeof SettingList>['settings'][number];

/** Settings that have every word of the text in their name, value or meaning. */
export function matching(settings: readonly Setting[], text: string): readonly Setting[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return settings.filter(({ name, value, meaning }) => {
    const said = `${name} ${value ?? ''} ${meaning}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
