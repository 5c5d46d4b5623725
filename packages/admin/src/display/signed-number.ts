/** A change, with its sign; a level without one. */
export function signed(value: number, locale: string, level = false): string {
  const signDisplay = level ? 'auto' : 'exceptZero';
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 3, signDisplay }).format(value);
}
