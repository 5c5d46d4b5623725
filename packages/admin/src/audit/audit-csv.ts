import type { AuditEntry } from './audit-resource.ts';

const COLUMNS = ['at', 'who', 'role', 'action', 'target', 'outcome', 'arguments', 'requestId', 'address'] as const;

/** Of the columns that the journal has, under the API's names. */
export function auditCsv(entries: readonly AuditEntry[]): string {
  const lines = entries.map((entry) => COLUMNS.map((column) => cell(entry[column])).join(','));
  return `${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}

function cell(value: unknown): string {
  const text = value == null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  // A spreadsheet would take what a caller wrote for a formula.
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
