import type { Random } from '../random.ts';

/** A value of any kind, mostly of the wrong one. */
export function oddValue(random: Random, depth = 0): unknown {
  switch (random.below(depth > 3 ? 12 : 14)) {
    case 0:
      return null;
    case 1:
      return random.next() < 0.5;
    case 2:
      return random.between(-3, 2000);
    case 3:
      return random.next() * 10 - 5;
    case 4:
      return random.pick([1e308, -1e308, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 2 ** 63, -0, 1e-320]);
    case 5:
      return '';
    case 6:
      return String(random.between(-5, 1000));
    case 7:
      return random.pick(['nan', 'NaN', 'null', 'Infinity', '428916.0', '1970-01-01', '2099-13-45', 't_10 (40)']);
    case 8:
      return '\u0000\ud800\u202e'.repeat(random.between(1, 5));
    case 9:
      return 'ы'.repeat(random.between(1, 3000));
    case 10:
      return random.pick([
        "'; DROP TABLE users; --",
        '#{7*7}',
        '<script>',
        '{{x}}',
        '%s%n',
        '../../..',
        'a/b',
        '..',
        '😀',
      ]);
    case 11:
      return [];
    case 12:
      return Array.from({ length: random.below(4) }, () => oddValue(random, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random.below(4) }, () => [
          random.pick(['a', 'records', '__proto__', 'constructor', 'user_id', '']),
          oddValue(random, depth + 1),
        ]),
      );
  }
}
