import type { ScoredUser } from './lookalike-documents.ts';

interface CsvAudience {
  readonly merchantId: number;
  readonly offerId: number;
  readonly modelVersion: string;
  readonly dataVersion: string;
  readonly members: readonly ScoredUser[];
}

/** An audience as a table: who, how likely, and which model over which data says so, in every row. */
export function audienceCsv({ merchantId, offerId, modelVersion, dataVersion, members }: CsvAudience): string {
  const told = [merchantId, offerId, cell(modelVersion), cell(dataVersion)].join(',');
  const rows = members.map(({ userId, score }, at) => `${at + 1},${userId},${score},${told}`);
  return ['rank,user_id,score,merchant_id,offer_id,model_version,data_version', ...rows, ''].join('\r\n');
}

/** Names of versions are the sender's: any text, which a spreadsheet must not take for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
