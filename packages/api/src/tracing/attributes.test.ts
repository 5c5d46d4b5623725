import * as conventions from '@opentelemetry/semantic-conventions/incubating';
import { expect, it } from 'vitest';
import { ATTRIBUTES } from './attributes.ts';

it('attributes have the names of the semantic conventions', () => {
  const official = new Map<string, unknown>(Object.entries(conventions));
  for (const [name, value] of Object.entries(ATTRIBUTES))
    expect([name, official.get(`ATTR_${name}`)]).toEqual([name, value]);
});
