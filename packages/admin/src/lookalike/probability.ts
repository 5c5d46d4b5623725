/** A share as the ranker gives it: small ones keep the digits that tell them apart. */
export function probability(score: number, locale: string): string {
  const maximumFractionDigits = score >= 0.1 ? 1 : score >= 0.001 ? 2 : 4;
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits }).format(score);
}
