/** Numbers as people read them: four digits that count, groups, the sign of the language. */
export function number(value: number, locale: string): string {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e15)) return value.toExponential(2);
  return new Intl.NumberFormat(locale, { maximumSignificantDigits: Number.isInteger(value) ? 15 : 4 }).format(value);
}

/** With as many digits after the point, for numbers below each other. */
export function fixed(value: number, digits: number, locale: string): string {
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale, format).format(value);
}

export function percent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share);
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function bytes(count: number, locale: string): string {
  const power = count < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(count) / 3));
  const format = { style: 'unit', unit: UNITS[power] ?? 'byte', unitDisplay: 'short' } as const;
  return new Intl.NumberFormat(locale, { ...format, maximumSignificantDigits: 3 }).format(count / 1000 ** power);
}

export function milliseconds(value: number, locale: string): string {
  const format = { style: 'unit', unit: 'millisecond', unitDisplay: 'short', maximumSignificantDigits: 3 } as const;
  return new Intl.NumberFormat(locale, format).format(value);
}

/** @param time milliseconds since 1970, in UTC as tables have them. */
export function day(time: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(time);
}
