import { builder } from './builder.ts';

/** Metrics and parameters have open sets of names, so they are lists of pairs rather than one JSON value. */
export const NamedNumber = builder.simpleObject('NamedNumber', {
  fields: (t) => ({ key: t.string(), value: t.float() }),
});

export const NamedText = builder.simpleObject('NamedText', {
  fields: (t) => ({ key: t.string(), value: t.string() }),
});

export const ErrorRecordRef = builder.simpleObject('RecordedError', {
  description: 'Why a job or a stage failed.',
  fields: (t) => ({ code: t.string(), message: t.string(), retryable: t.boolean() }),
});

/** Pairs in the order of their names; a value that JSON cannot carry as a number is left out. */
export function numbers(values: Readonly<Record<string, number>>): { key: string; value: number }[] {
  return Object.entries(values)
    .filter(([, value]) => typeof value === 'number' && Number.isFinite(value))
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

export function texts(values: Readonly<Record<string, unknown>>): { key: string; value: string }[] {
  return Object.entries(values)
    .map(([key, value]) => ({ key, value: typeof value === 'string' ? value : JSON.stringify(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
