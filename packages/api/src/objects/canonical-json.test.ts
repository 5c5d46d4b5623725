import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('canonical JSON', () => {
  it('is one text per value, however it was put together', () => {
    expect(canonicalJson({ b: [1, { y: null, x: 'ж"' }], a: true })).toBe('{"a":true,"b":[1,{"x":"ж\\"","y":null}]}');
    expect(canonicalJson({ a: true, b: [1, { x: 'ж"', y: null }] })).toBe(
      canonicalJson({ b: [1, { y: null, x: 'ж"' }], a: true }),
    );
  });

  it('reads back as the same value', () => {
    const value = { text: 'a\n\u2028', numbers: [0.1, -1e21, 5e-324], nested: { empty: {}, list: [] } };
    expect(JSON.parse(canonicalJson(value))).toEqual(value);
  });
});
