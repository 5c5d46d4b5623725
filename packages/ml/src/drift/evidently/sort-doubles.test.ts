import { expect, test } from 'vitest';
import { Random } from '../../random.ts';
import { sortedDoubles } from './sort-doubles.ts';

test.each([10, 1600, 5000])('%i doubles, as the library sorts them, the given ones untouched', (size) => {
  const random = new Random(4);
  const drawn = Float64Array.from(
    { length: size },
    (_, i) =>
      [random.normal(), 1e300 * random.normal(), 1e-300 * random.normal(), random.below(5) - 2, -0, Number.MIN_VALUE][
        i % 6
      ],
  );
  const before = drawn.slice();
  expect(sortedDoubles(drawn)).toEqual(drawn.toSorted());
  expect(drawn).toEqual(before);
  // Few different digits, so that passes are left out.
  const whole = drawn.map(() => random.below(7));
  expect(sortedDoubles(whole)).toEqual(whole.toSorted());
});
