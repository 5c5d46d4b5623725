/** An option with a value that means nothing: told in a sentence, where any other failure keeps its stack. */
export class WrongOption extends Error {
  override readonly name = 'WrongOption';
}

/** @throws WrongOption for a text that is no whole number of at least `least`: a run of NaN requests would pass. */
export function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value;
  throw new WrongOption(`--${name} must be a whole number of at least ${least}, not ${JSON.stringify(text)}`);
}

export function oneOf<T extends string>(name: string, text: string, values: readonly T[]): T {
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  throw new WrongOption(`--${name} must be one of ${values.join(', ')}, not ${JSON.stringify(text)}`);
}
