/** Part of a plane that is seen. */
export interface View {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

type Range = readonly [number, number];

/** Nearer than this share of the whole nothing can be told apart. */
const LEAST = 1e-9;

/**
 * Nearer (`by` below 1) or farther, with the point `at` staying where it is.
 * @param at in shares of the view from its lower left corner
 */
export function zoomed(view: View, whole: View, by: number, at: Range = [0.5, 0.5]): View {
  const part = ([from, to]: Range, share: number, [low, high]: Range): Range => {
    const length = Math.min(2 * (high - low), Math.max(LEAST * (high - low), (to - from) * by));
    const fixed = from + share * (to - from);
    return [fixed - share * length, fixed + (1 - share) * length];
  };
  return { x: part(view.x, at[0], whole.x), y: part(view.y, at[1], whole.y) };
}

/** @param right, up in shares of the view */
export function moved(view: View, right: number, up: number): View {
  const part = ([from, to]: Range, by: number): Range => [from + by * (to - from), to + by * (to - from)];
  return { x: part(view.x, right), y: part(view.y, up) };
}

export function widened(view: View, by: number): View {
  const part = ([from, to]: Range): Range => [from - by * (to - from), to + by * (to - from)];
  return { x: part(view.x), y: part(view.y) };
}

const plain = (value: number, digits: number) => value.toFixed(digits);

/**
 * Round numbers within, as places and texts.
 * @param textOf of a number with the digits that tell it from the next one.
 */
export function ticks([from, to]: Range, most: number, textOf = plain): readonly (readonly [number, string])[] {
  const rough = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? power;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const found: [number, string][] = [];
  for (let at = Math.ceil(from / step); at * step <= to; at++) found.push([at * step, textOf(at * step, digits)]);
  return found;
}
