/** What Evidently has no answer to, and the list; the scores themselves are compared with the real library in conformance. */
import { describe, expect, test } from 'vitest';
import { categoricalSamples, numericalSamples } from './samples.ts';
import { isDrifted } from './stat-test.ts';
import { defaultStatTest, STAT_TESTS } from './stat-tests.ts';

const named = (name: string) => {
  const found = STAT_TESTS.find((one) => one.name === name);
  if (!found) throw new Error(`No ${name}`);
  return found;
};
const constant = numericalSamples(new Array(30).fill(4), new Array(20).fill(4));
const oneCategory = categoricalSamples(['a', 'a'], ['a', 'a', 'a']);

describe("Evidently's tests", () => {
  test('have names of their own', () => {
    expect(new Set(STAT_TESTS.map(({ name }) => name)).size).toBe(STAT_TESTS.length);
  });

  test('where Evidently has NaN, nothing to tell apart is no drift', () => {
    expect(named('t_test').score(constant)).toBe(1);
    for (const name of ['chisquare', 'g_test']) expect(named(name).score(oneCategory)).toBe(1);
  });

  test('where Evidently fails for unequal sizes, sizes may differ', () => {
    const samples = categoricalSamples(['a', 'b', 'a', 'b'], ['a', 'b']);
    expect(named('g_test').score(samples)).toBe(1);
    expect(named('fisher_exact').score(samples)).toBeCloseTo(1, 9);
  });

  test('samples that a test is not defined for are refused with a code', () => {
    const refused = expect.objectContaining({ code: 'NOTHING_TO_LEARN' });
    for (const name of ['anderson', 'es']) expect(() => named(name).score(constant)).toThrow(refused);
    const single = numericalSamples([1], [2]);
    for (const name of ['t_test', 'cramer_von_mises']) expect(() => named(name).score(single)).toThrow(refused);
    expect(() => numericalSamples([Number.NaN], [1])).toThrow(refused);
    expect(() => named('fisher_exact').score(categoricalSamples(['a', 'b'], ['c']))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });

  test('the default follows type, reference size and distinct values', () => {
    const numbers = (size: number, distinct: number) =>
      numericalSamples(
        Array.from({ length: size }, (_, i) => i % distinct),
        [0, 1],
      );
    expect([2, 5, 6].map((distinct) => defaultStatTest(numbers(1000, distinct)).name)).toEqual([
      'z',
      'chisquare',
      'ks',
    ]);
    expect([5, 6].map((distinct) => defaultStatTest(numbers(1001, distinct)).name)).toEqual([
      'jensenshannon',
      'wasserstein',
    ]);
  });

  test('the threshold itself is drift for some', () => {
    expect(isDrifted(named('psi'), 0.1)).toBe(true);
    expect(isDrifted(named('ed'), 0.1)).toBe(false);
    expect(isDrifted(named('ks'), 0.05)).toBe(true);
    expect(isDrifted(named('chisquare'), 0.05)).toBe(false);
  });
});
