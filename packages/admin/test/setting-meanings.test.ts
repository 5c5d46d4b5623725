import { readConfig } from '@kindred/api/config.ts';
import { expect, it } from 'vitest';
import { settingMeaningsRu } from '../src/settings/setting-meanings.ru.ts';

it('tells in Russian what each setting means, and of no other', () => {
  const settings = readConfig({}).settings;
  expect(settings.length).toBeGreaterThan(40);
  expect(Object.keys(settingMeaningsRu).sort()).toEqual(settings.map(({ name }) => name).sort());
  expect(Object.entries(settingMeaningsRu).filter(([, meaning]) => !/[а-яё]/i.test(meaning))).toEqual([]);
});
