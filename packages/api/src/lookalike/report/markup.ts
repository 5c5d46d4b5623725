/** What our pages are written with: text that cannot become markup, and figures. */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Any value as text of a page or as an attribute between quotes. */
export const text = (value: unknown): string =>
  String(value).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

/** Whole numbers in groups of three, others in four digits, a dash for none. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return Number.isInteger(value)
    ? String(value).replace(/\B(?=(\d{3})+$)/g, ' ')
    : String(Number(value.toPrecision(4)));
}
