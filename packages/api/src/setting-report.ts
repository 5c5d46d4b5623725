import type { z } from 'zod';

/** A setting as operators see it. */
export interface SettingReport {
  readonly name: string;
  /** Null where it is not set, and of every secret. */
  readonly value: string | null;
  readonly isSet: boolean;
  readonly secret: boolean;
  readonly source: 'default' | 'environment' | 'file';
  readonly meaning: string;
}

/** By their names, so that a new one is a secret before anybody thinks of it. */
const SECRET = /SECRET|PASSWORD|TOKEN|ACCESS_KEY|API_KEY|HEADERS/;

export interface SettingsRead {
  readonly shape: Readonly<Record<string, z.ZodType>>;
  /** As parsed. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, unknown>>;
}

/** What is told of the settings: all of the list, in its order. */
export function settingReports({ shape, values, environment, files }: SettingsRead): readonly SettingReport[] {
  return Object.entries(shape).map(([name, schema]) => {
    const value = values[name];
    const secret = SECRET.test(name);
    return {
      name,
      value: value === undefined || secret ? null : withoutPassword(String(value)),
      isSet: value !== undefined,
      secret,
      source: name in files ? 'file' : name in environment ? 'environment' : 'default',
      meaning: schema.description ?? '',
    };
  });
}

/** An address may carry a password, in its middle or as a parameter. */
function withoutPassword(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  if (url.password !== '') url.password = '***';
  for (const name of new Set(url.searchParams.keys())) {
    if (/pass|secret|token|key/i.test(name)) url.searchParams.set(name, '***');
  }
  return url.password === '***' || url.search !== '' ? url.href : text;
}
